// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.sync.postgres.PlanText;
import org.pbxha.sync.postgres.ReplicationException;
import org.pbxha.sync.postgres.ReplicationPlan;

/** Shows what replication does with each table of this node's database; on either node, and without changing anything. */
public final class PlanCommand implements Handler {
    private final String profile;
    private final Optional<NodeDatabase> database;

    /**
     * The command of one node.
     *
     * @param profile its name
     */
    public PlanCommand(String profile, Optional<NodeDatabase> database) {
        this.profile = profile;
        this.database = database;
    }

    @Override
    public int handle(List<String> arguments, PrintWriter out) {
        if (database.isEmpty()) {
            out.println("the profile " + profile + " names no database, so none is replicated");
            return ExitCode.REFUSED;
        }
        NodeDatabase ours = database.get();
        try {
            ReplicationPlan plan = ReplicationPlan.read(ours, ours.selection());
            if (arguments.contains("json")) {
                out.println(LinkJson.write(plan));
            } else {
                PlanText.lines(plan).forEach(out::println);
            }
            return ExitCode.OK;
        } catch (ReplicationException e) {
            out.println("the plan cannot be made: " + e.getMessage() + "; " + e.hint());
            return ExitCode.FAILED;
        }
    }
}
