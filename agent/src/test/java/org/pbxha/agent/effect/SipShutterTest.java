// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.effect.PacketFilter.Trace;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;

class SipShutterTest {
    private final FakeFirewall firewall = new FakeFirewall();
    private final SipShutter shutter = shutter(firewall, 5060);

    @Test
    void replacesTheWholeTableInOneTransaction() throws Exception {
        shutter.close();

        assertThat(shutter.closed()).isTrue();
        assertThat(firewall.scripts)
                .singleElement()
                .asString()
                .startsWith("add table inet pbx_ha\ndelete table inet pbx_ha\ntable inet pbx_ha {")
                .contains("udp dport { 5060, 5061 } drop", "tcp dport { 5060, 5061, 8088, 8089 } drop");
    }

    @Test
    void opensByRemovingTheTableAlsoWhenThereIsNone() throws Exception {
        shutter.open();
        shutter.close();
        shutter.open();

        assertThat(shutter.closed()).isFalse();
        assertThat(firewall.scripts).last().isEqualTo("add table inet pbx_ha\ndelete table inet pbx_ha\n");
    }

    @Test
    void namesAPortOnceWhateverIsConfigured() throws Exception {
        shutter(firewall, 5061).close();
        assertThat(firewall.table).contains("udp dport { 5061 } drop", "tcp dport { 5061, 8088, 8089 } drop");

        shutter(firewall, 8088).close();
        assertThat(firewall.table).contains("tcp dport { 5061, 8088, 8089 } drop");
    }

    @Test
    void isNotClosedWhenARuleIsMissing() throws Exception {
        shutter.close();
        firewall.table = String.valueOf(firewall.table).replace("udp dport { 5060, 5061 } drop", "");

        assertThat(shutter.closed()).isFalse();
        assertThat(shutter.look()).isEqualTo(Trace.SOME);
    }

    @Test
    void saysWhatToDoWithoutAnyFirewallProgram() throws Exception {
        firewall.files.clear();

        assertThat(shutter.look()).isEqualTo(Trace.NONE);
        shutter.open();
        assertThatThrownBy(shutter::close)
                .isInstanceOf(ShutterException.class)
                .hasMessageContaining("neither nft nor iptables is installed")
                .hasMessageContaining("apt install nftables");
    }

    @Test
    void saysWhatFailed() {
        firewall.failure = "Error: Operation not permitted";
        assertThatThrownBy(shutter::close)
                .hasMessageContaining("/usr/sbin/nft failed (exit 1): Error: Operation not permitted");
        assertThatThrownBy(shutter::closed).hasMessageContaining("Operation not permitted");

        SipShutter hangs = shutter(command -> new Outcome(137, "", "", true, Duration.ofSeconds(1)), 5060);
        assertThatThrownBy(hangs::closed).hasMessageContaining("did not end within 1000 ms");

        Command absent = Command.of(Duration.ofSeconds(1), "/nonexistent/nft");
        SipShutter gone = shutter(command -> BoundedProcess.run(absent), 5060);
        assertThatThrownBy(gone::open)
                .hasMessage("/nonexistent/nft does not exist; Install the package that brings it.");
    }

    @Test
    void looksOnlyOnceAtAProgramThatIsNotTheFirstChoice() throws Exception {
        firewall.files.add(Path.of("/usr/sbin/iptables"));
        List<String> looks = new ArrayList<>();
        SipShutter both = shutter(
                command -> {
                    if (command.program().endsWith("iptables")) {
                        looks.add(command.toString());
                        return FakeFirewall.outcome(0, "-P INPUT ACCEPT\n", "");
                    }
                    return firewall.run(command);
                },
                5060);

        assertThat(both.closed()).isFalse();
        both.close();
        assertThat(both.closed()).isTrue();
        assertThat(both.closed()).isTrue();

        assertThat(looks).containsExactly("/usr/sbin/iptables --wait=1 -S");
    }

    @Test
    void removesWhatWasMadeBeforeNftCame() throws Exception {
        firewall.files.add(Path.of("/usr/sbin/iptables"));
        List<String> scripts = new ArrayList<>();
        SipShutter both = shutter(
                command -> {
                    if (command.argv().contains("-S")) {
                        return FakeFirewall.outcome(0, "-N PBX_HA_IN\n-A INPUT -j LAB\n-A INPUT -j PBX_HA_IN\n", "");
                    }
                    if (command.argv().contains("--noflush")) {
                        scripts.add(String.valueOf(command.stdin()));
                        return FakeFirewall.outcome(0, "", "");
                    }
                    return firewall.run(command);
                },
                5060);
        assertThat(both.look()).isEqualTo(Trace.SOME);

        both.open();

        assertThat(scripts).containsExactly("""
                *filter
                :PBX_HA_IN - [0:0]
                :PBX_HA_OUT - [0:0]
                -D INPUT -j PBX_HA_IN
                -X PBX_HA_IN
                -X PBX_HA_OUT
                COMMIT
                """);
    }

    private SipShutter shutter(ProgramRunner programs, int port) {
        return new SipShutter(programs, port, firewall.files::contains, Pace.REAL);
    }
}
