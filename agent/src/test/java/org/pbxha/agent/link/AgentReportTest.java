// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;

class AgentReportTest {
    private static final AgentReport FULL = new AgentReport(
            "0.1.0",
            Role.SLAVE,
            ServiceState.STANDBY,
            7,
            "b7f0",
            Duration.ofSeconds(90),
            new AsteriskReport(false, true, 4, "16.28.0", "it does not answer SIP"),
            true,
            true,
            PeerWord.Plea.UNABLE,
            Instant.parse("2026-11-21T10:00:00Z"),
            310,
            "the master serves",
            Instant.parse("2026-11-21T09:00:00Z"),
            Instant.parse("2026-11-21T09:01:00Z"),
            Instant.parse("2026-11-21T10:00:01.5Z"));

    /** Some report of a host that has been up for so long. */
    static AgentReport with(String boot, Duration uptime) {
        return read(LinkJson.write(FULL).replace("b7f0", boot).replace("PT1M30S", uptime.toString()));
    }

    private static AgentReport read(String json) {
        try {
            return LinkJson.read(json, AgentReport.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void survivesTheWire() throws Exception {
        assertThat(LinkJson.read(LinkJson.write(FULL), AgentReport.class)).isEqualTo(FULL);
    }

    @Test
    void looksLikeThis() {
        assertThat(LinkJson.write(FULL))
                .contains("\"role\":\"slave\"", "\"service\":\"standby\"", "\"uptime\":\"PT1M30S\"");
    }

    @Test
    void ignoresWhatANewerPeerAdds() throws Exception {
        AgentReport report = LinkJson.read(
                "{\"version\":\"9.0\",\"mood\":\"good\",\"asterisk\":{\"serving\":true,\"colour\":[1]}}",
                AgentReport.class);
        assertThat(report.version()).isEqualTo("9.0");
        assertThat(report.asterisk().serving()).isTrue();
    }

    @Test
    void readsAServiceStateItDoesNotKnowAsUnknown() throws Exception {
        assertThat(LinkJson.read("{\"service\":\"half-active\"}", AgentReport.class)
                        .service())
                .isNull();
    }

    @Test
    void assumesNothingGoodOfWhatIsMissing() throws Exception {
        AgentReport report = LinkJson.read("{}", AgentReport.class);
        assertThat(report.ready()).isFalse();
        assertThat(report.asterisk()).isEqualTo(AsteriskReport.UNKNOWN);
        assertThat(report.service()).isNull();
        assertThat(report.version()).isEmpty();
    }

    @Test
    void refusesWhatIsNoReport() {
        assertThatThrownBy(() -> LinkJson.read("null", AgentReport.class)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LinkJson.read("[]", AgentReport.class)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LinkJson.read("{\"since\":\"yesterday\"}", AgentReport.class))
                .isInstanceOf(IOException.class);
    }
}
