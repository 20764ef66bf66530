// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;
import org.pbxha.sync.ssh.SshException.Reason;

/**
 * Says one word to the forced command of a key, and hears its answer.
 *
 * @param target the peer's SSH server
 * @param from the address of this node from which the key is accepted
 */
public record SshWord(SshTarget target, String from) {
    /** A host whose kernel takes the connection while its sshd is frozen must not cost the whole time. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final int SSH_ITSELF = 255;
    private static final int OUTPUT_LIMIT = 4096;

    /**
     * Says it, and returns what the forced command wrote on its standard output when it ended with exit code 0.
     *
     * @param word without blanks or anything that a shell would read otherwise
     * @param limit after which the connection is ended; the forced command may go on for a while
     * @throws SshException when the peer was not reached, or its forced command failed: why
     * @throws ProcessException when there is no ssh on this node
     */
    public String say(String word, Duration limit) throws SshException, ProcessException, InterruptedException {
        if (!word.matches("[a-z]+")) {
            throw new IllegalArgumentException("not a plain word: " + word);
        }
        List<String> argv = new ArrayList<>(target.sshCommand(CONNECT));
        argv.addAll(List.of("-o", "BindAddress=" + from, "-T", target.address(), word));
        Outcome outcome = BoundedProcess.run(new Command(argv, Map.of(), limit, OUTPUT_LIMIT, null));
        if (outcome.succeeded()) {
            return outcome.output().strip();
        }
        throw outcome.timedOut()
                ? trouble(Reason.UNREACHABLE, "did not answer within " + limit.toSeconds() + " s")
                : trouble(outcome);
    }

    private SshException trouble(Outcome outcome) {
        String words = outcome.errors();
        if (words.contains("Host key verification failed") || words.contains("host key is known for")) {
            return trouble(Reason.HOST_KEY_MISMATCH, "shows a host key that is not pinned");
        }
        if (words.contains("Permission denied (")) {
            return trouble(Reason.KEY_REFUSED, "refuses the key");
        }
        return outcome.exitCode() == SSH_ITSELF
                ? trouble(Reason.UNREACHABLE, "cannot be reached: " + outcome.complaint())
                : trouble(Reason.FORCED_COMMAND_FAILED, "says: " + outcome.complaint());
    }

    private SshException trouble(Reason reason, String what) {
        return new SshException(reason, target + " " + what, null);
    }
}
