// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.jobs.JobOutcome;

/** What a person can ask of replication. */
final class ReplicationCommands {
    private final Role role;
    private final Copies copies;
    private final Handler acceptance;

    /** @param acceptance takes {@code accept USER REASON...}: the loss of what a split brain has left */
    ReplicationCommands(Role role, Copies copies, Handler acceptance) {
        this.role = role;
        this.copies = copies;
        this.acceptance = acceptance;
    }

    Map<String, Handler> handlers() {
        return Map.of("replicate", this::replicate);
    }

    private int replicate(List<String> words, PrintWriter out) {
        String what = words.isEmpty() ? "" : words.get(0);
        if (what.equals("rollback")) {
            return rollBack(out);
        }
        if (role != Role.MASTER) {
            out.println("data flows from the master to the slave, so run this on the master");
            return ExitCode.REFUSED;
        }
        return switch (what) {
            case "verify" -> tell(copies.verify(out::println), out);
            case "accept" -> {
                int accepted = acceptance.handle(words, out);
                yield accepted == ExitCode.OK && copies.hasDatabase() ? now(out) : accepted;
            }
            default -> now(out);
        };
    }

    private int now(PrintWriter out) {
        return tell(copies.replication().runAsked(out::println), out);
    }

    private int rollBack(PrintWriter out) {
        Optional<JobOutcome> outcome = copies.rollBack();
        if (outcome.isEmpty()) {
            out.println("generations are kept where they are replicated to, so run this on the slave");
            return ExitCode.REFUSED;
        }
        return tell(outcome.get(), out);
    }

    private static int tell(JobOutcome outcome, PrintWriter out) {
        out.println(outcome.text());
        return outcome.exitCode();
    }
}
