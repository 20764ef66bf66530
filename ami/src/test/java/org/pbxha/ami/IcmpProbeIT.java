// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.ami.ProbeReading.Outcome;

/** Real pings; they need the right that the service has. */
class IcmpProbeIT {
    /** TEST-NET-3, for documentation: nobody answers there. */
    private static final String DEAD = "203.0.113.77";

    @BeforeEach
    void mayPing() throws IOException {
        Assumptions.assumeTrue(RawSocketRight.OF_THIS_PROCESS.isHeld(), "needs CAP_NET_RAW");
    }

    @Test
    void pingsAnAddressThatAnswers() throws IOException {
        try (IcmpProbe probe = new IcmpProbe(InetAddress.getLoopbackAddress(), Duration.ofMillis(50))) {
            probe.start();
            await().until(() -> probe.reading().outcome() == Outcome.ALIVE);
            assertThat(probe.reading().roundTrip()).isLessThan(Duration.ofSeconds(1));
            assertThat(probe.reading().status()).isEmpty();
        }
    }

    /** All probes of a process ping with one identifier, and the kernel hands each reply to all of them. */
    @Test
    void aDeadAddressIsNeverAliveBesideManyThatAnswer() throws IOException {
        List<IcmpProbe> alive = new ArrayList<>();
        for (int i = 2; i < 10; i++) {
            alive.add(new IcmpProbe(InetAddress.getByName("127.0.0." + i), Duration.ofMillis(5)));
        }
        List<IcmpProbe> dead = List.of(
                new IcmpProbe(InetAddress.getByName(DEAD), Duration.ofMillis(5)),
                new IcmpProbe(InetAddress.getByName(DEAD), Duration.ofMillis(200)));
        try {
            alive.forEach(IcmpProbe::start);
            dead.forEach(IcmpProbe::start);
            await().until(() -> alive.stream().allMatch(probe -> probe.reading().outcome() == Outcome.ALIVE));
            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> dead.stream()
                            .noneMatch(probe -> probe.reading().aliveAt().isPresent()));
            assertThat(dead)
                    .allSatisfy(probe -> assertThat(probe.reading().outcome()).isIn(Outcome.SILENT, Outcome.UNABLE));
        } finally {
            alive.forEach(IcmpProbe::close);
            dead.forEach(IcmpProbe::close);
        }
    }
}
