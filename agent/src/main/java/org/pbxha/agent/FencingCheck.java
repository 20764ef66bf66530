// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Fencing;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.State;
import org.pbxha.agent.effect.fencing.PeerFencing;
import org.pbxha.agent.jobs.DataJob;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.status.StatusReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people can know of fencing before they need it: {@code pbx-ha fencing check}, and its line in the status. */
final class FencingCheck {
    private static final Logger LOG = LoggerFactory.getLogger(FencingCheck.class);

    private final Node node;
    private final PeerFencing fencing;
    private final DataJob job;

    FencingCheck(Node node, PeerFencing fencing) {
        this.node = node;
        this.fencing = fencing;
        this.job = new DataJob(
                "fencing check", node.paths().job("fencing-check"), (asked, watcher) -> fencing.check(), this::tell);
    }

    Map<String, Handler> handlers() {
        return Map.of("fencing-check", this::check);
    }

    private int check(List<String> words, PrintWriter out) {
        if (node.role() != Role.SLAVE) {
            out.println("only the slave fences, so run this on the slave");
            return ExitCode.REFUSED;
        }
        if (fencing.methods().isEmpty()) {
            out.println("no method is configured: see fencing.methods in /etc/pbx-ha/pbx-ha.yml");
            return ExitCode.REFUSED;
        }
        JobOutcome outcome = job.runAsked(out::println);
        out.println(outcome.text());
        return outcome.exitCode();
    }

    /** Null where nothing is fenced. */
    StatusReport.@Nullable Fencing status() {
        if (fencing.methods().isEmpty()) {
            return null;
        }
        Fencing now = fencing.progress();
        return new StatusReport.Fencing(
                fencing.methods(),
                node.settings().fencing().required(),
                now.phase().name().toLowerCase(Locale.ROOT),
                now.detail(),
                job.last());
    }

    private void tell(JobOutcome outcome) {
        try {
            State state = node.store().read().orElseThrow().state();
            node.journal().note("fencing check", state.service(), state.epoch(), outcome.text());
        } catch (IOException e) {
            LOG.warn("the state cannot be read for the journal: {}", e.getMessage());
        }
    }
}
