// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.testing.GoldenFile;

class SettingsWriterTest {
    private static final Path FILE = Path.of("/etc/pbx-ha/pbx-ha.yml");

    @Test
    void writesTheSampleFile() throws Exception {
        GoldenFile.of("docs/examples/pbx-ha.yml").assertIs(pair().render());
    }

    @Test
    void writesAFileThatReadsBackAsTheDefaults() throws Exception {
        assertThat(SettingsLoader.parse(FILE, pair().render()).settings())
                .isEqualTo(SettingsLoader.parse(
                                FILE,
                                "role: master\nprofile: xivo\nnode: {address: 192.0.2.11}\npeer: {address: 192.0.2.12}\n")
                        .settings());
    }

    @Test
    void writesEveryValueSoThatItReadsBack() throws Exception {
        SettingsWriter all = pair().set(Options.LINK_BIND, InetAddress.getByName("::"))
                .set(Options.LINK_PORT, 9000)
                .set(Options.WATCH_INTERVAL, Duration.ofMillis(250))
                .set(Options.TAKEOVER_AFTER, Duration.ofMillis(1500))
                .set(
                        Options.TAKEOVER_WITNESS,
                        List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1")))
                .set(Options.REPLICATION_SCHEDULE, new Schedule(Optional.of("0 */5 * ? * MON-FRI")))
                .set(Options.SYNC_SCHEDULE, new Schedule(Optional.empty()))
                .set(Options.SYNC_EXTRA_DIRECTORIES, List.of(Path.of("/srv/it's, here"), Path.of("/srv/#1: *&!")))
                .set(Options.DATABASE_NAME, "true");

        Settings read = SettingsLoader.parse(FILE, all.render()).settings();

        assertThat(read.link()).isEqualTo(new Settings.Link(InetAddress.getByName("::"), 9000));
        assertThat(read.watch().interval()).isEqualTo(Duration.ofMillis(250));
        assertThat(read.takeover().after()).isEqualTo(Duration.ofMillis(1500));
        assertThat(read.takeover().witness()).hasSize(2);
        assertThat(read.replication().schedule().cron()).contains("0 */5 * ? * MON-FRI");
        assertThat(read.sync().schedule().cron()).isEmpty();
        assertThat(read.sync().extraDirectories()).containsExactly(Path.of("/srv/it's, here"), Path.of("/srv/#1: *&!"));
        assertThat(read.database().name()).contains("true");
    }

    private static SettingsWriter pair() throws Exception {
        return new SettingsWriter()
                .set(Options.ROLE, Role.MASTER)
                .set(Options.PROFILE, "xivo")
                .set(Options.NODE_ADDRESS, InetAddress.getByName("192.0.2.11"))
                .set(Options.PEER_ADDRESS, InetAddress.getByName("192.0.2.12"));
    }
}
