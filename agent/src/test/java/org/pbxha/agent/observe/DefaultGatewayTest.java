// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultGatewayTest {
    private static final String HEADER = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU";

    @Test
    void isTheDefaultRouteWithTheLowestMetric() throws IOException {
        assertThat(DefaultGateway.find(List.of(
                        HEADER,
                        "eth0\t00000000\tFE01000A\t0003\t0\t0\t100\t00000000\t0",
                        "eth1\t00000000\t0101A8C0\t0003\t0\t0\t50\t00000000\t0",
                        "eth0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0")))
                .contains(InetAddress.getByName("192.168.1.1"));
    }

    @Test
    void isMissingWithoutADefaultRoute() throws IOException {
        assertThat(DefaultGateway.find(List.of(HEADER, "eth0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0")))
                .isEmpty();
    }
}
