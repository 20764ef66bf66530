// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerRefusal;
import org.pbxha.agent.link.PeerRoute;

/** What the other node may ask about a split brain. */
public final class SplitBrainRoutes {
    /** Reports are exchanged here. */
    static final String EXCHANGE = "/v1/split-brain";

    /** The master has this node accept what its slave would lose. */
    static final String ACCEPT = "/v1/split-brain/accept";

    private static final int CONFLICT = 409;

    private SplitBrainRoutes() {}

    /**
     * What a node says.
     *
     * @param role its role
     * @param report its open report, null when it has none
     */
    record Words(@Nullable Role role, @Nullable SplitBrain report) {}

    /**
     * The answer to an acceptance.
     *
     * @param accepted whether there was something to accept
     */
    record Accepted(boolean accepted) {}

    /**
     * The routes.
     *
     * @param serving whether this node is active; its data is then not to be overwritten, whatever anybody accepts
     */
    public static List<PeerRoute> of(SplitBrainKeeper keeper, BooleanSupplier serving) {
        return List.of(
                PeerRoute.text(EXCHANGE, call -> {
                    keeper.hear(LinkJson.read(call.text(), Words.class));
                    return LinkJson.write(keeper.words());
                }),
                PeerRoute.text(ACCEPT, call -> {
                    if (serving.getAsBoolean()) {
                        throw new PeerRefusal(CONFLICT, "the slave is active and serves", "Wait for the failback.");
                    }
                    return LinkJson.write(new Accepted(accept(keeper, LinkJson.read(call.text(), Acceptance.class))));
                }));
    }

    private static boolean accept(SplitBrainKeeper keeper, Acceptance acceptance) throws IOException, PeerRefusal {
        if (acceptance.reason().isBlank()) {
            throw new PeerRefusal(400, "an acceptance needs a reason", "");
        }
        return keeper.accept(acceptance);
    }
}
