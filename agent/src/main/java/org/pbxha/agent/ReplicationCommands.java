// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.effect.DatabaseComparison.Comparison;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.link.PeerException;
import org.pbxha.sync.SyncException;

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
            case "verify" -> verify(out);
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

    private int verify(PrintWriter out) {
        try {
            return tell(copies.verify(), out);
        } catch (PeerException e) {
            out.println("not verified: " + e.getMessage() + ". " + e.hint());
            return e.kind() == PeerException.Kind.REFUSED ? ExitCode.REFUSED : ExitCode.FAILED;
        } catch (SyncException e) {
            out.println("not verified: " + e.getMessage() + "; " + e.hint());
            return ExitCode.FAILED;
        } catch (IOException e) {
            out.println("not verified: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static int tell(Comparison found, PrintWriter out) {
        found.later().forEach(table -> out.println("  " + table + ": written here since the last replication"));
        found.differing().forEach(table -> out.println("  " + table + ": DIFFERENT on the slave"));
        out.println("%d tables with %d rows compared: %d differ, %d are newer here"
                .formatted(
                        found.tables(),
                        found.rows(),
                        found.differing().size(),
                        found.later().size()));
        if (found.differing().isEmpty()) {
            return ExitCode.OK;
        }
        out.println("next: find out who wrote to the slave's database; `pbx-ha replicate` makes it equal again");
        return ExitCode.FAILED;
    }
}
