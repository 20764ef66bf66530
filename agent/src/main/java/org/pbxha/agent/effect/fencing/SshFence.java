// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import java.time.Duration;
import org.pbxha.agent.effect.hooks.HookFacts;
import org.pbxha.sync.SyncException;

/**
 * Has the forced command on the master kill telephony there and keep it down. Works as long as its kernel, its network and
 * its sshd do: not when the host has lost its power or is frozen as a whole.
 *
 * @param forcedCommand hears a word and answers
 */
record SshFence(ForcedCommand forcedCommand) implements FenceMethod {
    /** What the forced command says when it is all done; any other answer claims less. */
    private static final String FENCED = "fenced";

    private static final String READY = "ready: ";

    /** The program that the key starts on the master. */
    @FunctionalInterface
    interface ForcedCommand {
        /** What it answers when it ended with exit code 0. */
        String say(String word, Duration limit) throws SyncException, InterruptedException;
    }

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public String fence(HookFacts facts, Duration limit) throws FenceException, InterruptedException {
        String answer = say("fence", limit);
        if (!answer.equals(FENCED)) {
            throw new FenceException("the forced command answers \"" + answer + "\" instead of \"" + FENCED + "\"");
        }
        return "telephony is killed there and stays down";
    }

    @Override
    public String check(Duration limit) throws FenceException, InterruptedException {
        String answer = say("check", limit);
        if (!answer.startsWith(READY)) {
            throw new FenceException("the forced command answers \"" + answer + "\"");
        }
        return "it would stop " + answer.substring(READY.length());
    }

    private String say(String word, Duration limit) throws FenceException, InterruptedException {
        try {
            return forcedCommand.say(word, limit);
        } catch (SyncException e) {
            throw new FenceException(e.getMessage() + ". " + e.hint(), e);
        }
    }
}
