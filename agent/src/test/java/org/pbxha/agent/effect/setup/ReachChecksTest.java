// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.setup.Check;
import org.pbxha.agent.setup.Check.Level;
import org.pbxha.agent.setup.Reach;

class ReachChecksTest {
    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @Test
    void findsWhatListens() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, loopback)) {
            assertThat(tcp(server.getLocalPort(), true)).isEqualTo(Level.OK);
        }
    }

    @Test
    void aRefusedConnectionIsFineWhereNobodyIsExpectedYet() throws Exception {
        int closed = closedPort();
        assertThat(tcp(closed, false)).isEqualTo(Level.OK);
        assertThat(tcp(closed, true)).isEqualTo(Level.ERROR);
    }

    @Test
    void anAddressThatIsNotOursStandsInTheWay() throws Exception {
        InetAddress foreign = InetAddress.getByName("192.0.2.1");
        List<Check> checks = ReachChecks.check(new Reach(foreign, loopback, closedPort(), false, 0, 0));
        assertThat(checks.get(0).sentence()).isEqualTo("192.0.2.1 is no address of this node");
    }

    private Level tcp(int port, boolean listens) {
        return ReachChecks.check(new Reach(loopback, loopback, port, listens, 0, 0)).stream()
                .filter(check -> check.sentence().contains("tcp " + port))
                .findFirst()
                .orElseThrow()
                .level();
    }

    private int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, loopback)) {
            return server.getLocalPort();
        }
    }
}
