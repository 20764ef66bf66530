// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.jobs.DataJob;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.status.StatusReport;
import org.pbxha.agent.status.StatusText;

/** What the command line can ask of a running agent. */
final class AgentCommands {
    private final Role role;
    private final Supplier<Optional<Snapshot>> snapshot;
    private final Function<Snapshot, StatusReport> status;
    private final DataJob sync;

    AgentCommands(
            Role role, Supplier<Optional<Snapshot>> snapshot, Function<Snapshot, StatusReport> status, DataJob sync) {
        this.role = role;
        this.snapshot = snapshot;
        this.status = status;
        this.sync = sync;
    }

    Map<String, Handler> handlers() {
        return Map.of(
                "status", (arguments, out) -> withSnapshot(out, seen -> show(arguments, out, seen)),
                "check-master-status", (arguments, out) -> withSnapshot(out, seen -> checkMaster(out, seen)),
                "sync", (arguments, out) -> copy(out),
                "services", (arguments, out) -> services(out));
    }

    private int withSnapshot(PrintWriter out, Function<Snapshot, Integer> answer) {
        Optional<Snapshot> seen = snapshot.get();
        if (seen.isEmpty()) {
            out.println("the agent has just started and has not decided anything yet; ask again in a second");
            return ExitCode.FAILED;
        }
        return answer.apply(seen.get());
    }

    private int show(List<String> arguments, PrintWriter out, Snapshot seen) {
        StatusReport report = status.apply(seen);
        if (arguments.contains("json")) {
            out.println(LinkJson.write(report));
        } else {
            StatusText.lines(report).forEach(out::println);
        }
        return ExitCode.OK;
    }

    private int checkMaster(PrintWriter out, Snapshot seen) {
        if (role != Role.SLAVE) {
            out.println("this node is the master; a slave checks its master, so ask there");
            return ExitCode.REFUSED;
        }
        Facts facts = seen.facts();
        boolean silent = facts.silentOnEveryProbe();
        StatusText.lines(status.apply(seen)).stream()
                .filter(line -> line.startsWith("  probes"))
                .forEach(out::println);
        out.println("verdict: the master " + (silent ? "is silent on every probe" : "answers"));
        out.println("the agent decided row " + seen.rule().number() + ": "
                + seen.rule().reason());
        return silent ? ExitCode.FAILED : ExitCode.OK;
    }

    private int copy(PrintWriter out) {
        if (role != Role.MASTER) {
            out.println("data flows from the master to the slave, so run this on the master");
            return ExitCode.REFUSED;
        }
        JobOutcome outcome = sync.runAsked(out::println);
        out.println(outcome.text());
        return outcome.exitCode();
    }

    /** A running agent is the only one who starts and stops services. */
    private static int services(PrintWriter out) {
        out.println("the agent runs and decides itself which services run here; see `pbx-ha status`");
        return ExitCode.REFUSED;
    }
}
