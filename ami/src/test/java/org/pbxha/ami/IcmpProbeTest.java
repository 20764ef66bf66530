// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.ami.ProbeReading.Outcome;

class IcmpProbeTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void withoutTheRightToPingItSaysSoInsteadOfGuessing() throws IOException {
        RawSocketRight none = status("Name:\tjava\nCapPrm:\tffffffffffffffff\nCapEff:\t000001ffffffdfff\n");
        try (IcmpProbe probe = new IcmpProbe(InetAddress.getLoopbackAddress(), Duration.ofMillis(10), none)) {
            probe.start();
            await().until(() -> probe.reading().outcome() == Outcome.UNABLE);
            assertThat(probe.reading().aliveAt()).isEmpty();
            assertThat(probe.reading().problem()).startsWith("icmp 127.0.0.1: ").contains("CAP_NET_RAW");
        }
    }

    @Test
    void readsTheEffectiveRight() throws IOException {
        assertThat(status("CapEff:\t000001fffeffffff\n").isHeld()).isTrue();
        assertThat(status("CapEff:\t0000000000002000\n").isHeld()).isTrue();
        assertThat(status("CapEff:\t0000000000000000\nCapBnd:\t000001fffeffffff\n")
                        .isHeld())
                .isFalse();
        assertThatThrownBy(() -> status("Name:\tjava\n").isHeld()).isInstanceOf(IOException.class);
    }

    private RawSocketRight status(String text) throws IOException {
        return new RawSocketRight(Files.writeString(Files.createTempFile(directory, "status", ""), text));
    }
}
