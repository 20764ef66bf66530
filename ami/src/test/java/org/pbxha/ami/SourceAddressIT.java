// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.ami.ProbeReading.Outcome;

/** A local address that comes after the agent, as at boot, and goes and comes back. */
class SourceAddressIT {
    private static final Path IP = Path.of("/sbin/ip");
    private static final String ADDRESS = "203.0.113.78";

    @BeforeEach
    void mayAddAnAddress() {
        Assumptions.assumeTrue(
                Files.isExecutable(IP) && "root".equals(System.getProperty("user.name")), "needs root and ip");
    }

    @AfterEach
    void removeTheAddress() throws IOException, InterruptedException {
        ip("del");
    }

    @Test
    void theProbeBeginsWhenItsAddressIsThereAndSurvivesItsLoss() throws IOException, InterruptedException {
        try (SipPeer peer = SipPeer.answering(200);
                SipOptionsProbe probe =
                        new SipOptionsProbe(peer.address(), InetAddress.getByName(ADDRESS), Duration.ofMillis(20))) {
            probe.start();
            await().until(() -> probe.reading().outcome() == Outcome.UNABLE);
            for (int round = 0; round < 2; round++) {
                assertThat(ip("add")).isZero();
                await().until(() -> probe.reading().outcome() == Outcome.ALIVE);
                assertThat(ip("del")).isZero();
                await().until(() -> probe.reading().outcome() == Outcome.UNABLE);
            }
        }
    }

    private static int ip(String verb) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(IP.toString(), "addr", verb, ADDRESS + "/32", "dev", "lo")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
