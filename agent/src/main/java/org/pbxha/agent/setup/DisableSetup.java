// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import org.pbxha.agent.control.ExitCode;

/** {@code pbx-ha setup disable}: takes back everything that setup has done to this node. */
public final class DisableSetup {
    private final NodeMachinery node;
    private final Report report;

    /** A setup; {@code yes} is the consent to what it does. */
    public DisableSetup(NodeMachinery node, Dialogue dialogue, boolean yes) {
        this.node = node;
        this.report = new Report(dialogue, yes);
    }

    /** Runs it and returns the exit code. */
    public int run() throws IOException, SetupException {
        if (node.isUntouched()) {
            report.say("There is nothing to take back: setup has changed nothing on this node.");
            return ExitCode.OK;
        }
        if (report.nobodyToAsk()) {
            return ExitCode.USAGE;
        }
        report.say("This node leaves its pair: the agent stops, and what setup has changed is taken back.");
        report.say(
                "Telephony goes on where it runs; ON A STANDBY SLAVE IT STARTS, and two PBXs serve until one is stopped.");
        if (!report.agrees("Take everything back?")) {
            return ExitCode.FAILED;
        }
        node.disable(line -> report.say("  - " + line));
        report.say("");
        report.say("Done. Run `pbx-ha setup disable` on the other node too.");
        return ExitCode.OK;
    }
}
