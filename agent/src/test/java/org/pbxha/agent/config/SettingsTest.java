// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pbxha.agent.core.Limits;
import org.pbxha.agent.core.Role;

/** Each record: every default, and every option reaching its place. */
class SettingsTest {
    private static final String LEAST =
            "role: slave\nprofile: xivo\nnode:\n  address: 192.0.2.12\npeer:\n  address: 192.0.2.11\n";

    @Test
    void takesRoleAndProfile() throws Exception {
        assertThat(of("").role()).isEqualTo(Role.SLAVE);
        assertThat(of("").profile()).isEqualTo("xivo");
        assertThat(parse("role: disabled\nprofile: my-pbx\n").role()).isEqualTo(Role.DISABLED);
        assertThat(parse("role: disabled\nprofile: my-pbx\n").profile()).isEqualTo("my-pbx");
        assertThat(parse(LEAST.replace("slave", "master")).role()).isEqualTo(Role.MASTER);
    }

    @Test
    void nodeAndPeer() throws Exception {
        Settings pair = of("");
        assertThat(pair.node()).isEqualTo(new Settings.Node(Optional.of(ip("192.0.2.12"))));
        assertThat(pair.peer()).isEqualTo(new Settings.Peer(Optional.of(ip("192.0.2.11"))));
        assertThat(pair.nodeAddress()).isEqualTo(ip("192.0.2.12"));
        assertThat(pair.peerAddress()).isEqualTo(ip("192.0.2.11"));
    }

    @Test
    void hasNoPairWhenDisabled() throws Exception {
        Settings alone = parse("role: disabled\nprofile: xivo\n");

        assertThat(alone.node()).isEqualTo(new Settings.Node(Optional.empty()));
        assertThat(alone.peer()).isEqualTo(new Settings.Peer(Optional.empty()));
        assertThatThrownBy(alone::peerAddress).hasMessageContaining("role is disabled");
        assertThatThrownBy(alone::nodeAddress).hasMessageContaining("role is disabled");
    }

    @Test
    void link() throws Exception {
        assertThat(of("").link()).isEqualTo(new Settings.Link(ip("192.0.2.12"), 8421));
        assertThat(of("link: {bind: '::', port: 9000}\n").link()).isEqualTo(new Settings.Link(ip("::"), 9000));
        assertThat(parse("role: disabled\nprofile: xivo\n").link().bind().isLoopbackAddress())
                .as("a disabled node listens to nobody")
                .isTrue();
    }

    @Test
    void watch() throws Exception {
        assertThat(of("").watch()).isEqualTo(new Settings.Watch(Duration.ofMillis(500)));
        assertThat(of("watch: {interval: 1s}\n").watch()).isEqualTo(new Settings.Watch(Duration.ofSeconds(1)));
    }

    @Test
    void takeover() throws Exception {
        assertThat(of("").takeover())
                .isEqualTo(new Settings.Takeover(Duration.ofSeconds(3), Duration.ofSeconds(10), List.of()));
        assertThat(of("takeover: {after: 20s, witness: [192.0.2.1, '2001:db8::1']}\n")
                        .takeover())
                .isEqualTo(new Settings.Takeover(
                        Duration.ofSeconds(20), Duration.ofSeconds(20), List.of(ip("192.0.2.1"), ip("2001:db8::1"))));
    }

    @Test
    void fencing() throws Exception {
        assertThat(of("").fencing()).isEqualTo(new Settings.Fencing(List.of(), Duration.ofSeconds(15), false));
        Settings.Fencing fencing = of("fencing: {methods: [ssh, 'fence_apc:left', hook], limit: 20s, required: true}\n")
                .fencing();
        assertThat(fencing.methods()).extracting(FencingMethod::word).containsExactly("ssh", "fence_apc:left", "hook");
        assertThat(fencing.methods().get(1).agent()).isEqualTo(Path.of("/usr/sbin/fence_apc"));
        assertThat(fencing.methods().get(1).options(Path.of("/etc"))).isEqualTo(Path.of("/etc/fence_apc:left.conf"));
        assertThat(fencing.limit()).isEqualTo(Duration.ofSeconds(20));
        assertThat(fencing.required()).isTrue();
        assertThatThrownBy(() -> of("fencing: {required: true}\n"))
                .hasMessageContaining("fencing.methods is empty: no takeover could ever happen");
        assertThatThrownBy(() -> of("fencing: {methods: [shh, fence_../../bin/sh], required: yes}\n"))
                .hasMessageContaining("shh is no way to fence", "did you mean ssh")
                .hasMessageContaining("must be true or false");
        assertThatThrownBy(() -> of("fencing: {methods: ['fence_../../bin/sh']}\n"))
                .hasMessageContaining("is no way to fence");
    }

    @Test
    void failback() throws Exception {
        assertThat(of("").failback())
                .isEqualTo(
                        new Settings.Failback(Limits.Policy.AUTOMATIC, Duration.ofMinutes(1), Duration.ofMinutes(30)));
        assertThat(of("failback: {policy: manual, hold-down: 5m, drain-limit: 1h}\n")
                        .failback())
                .isEqualTo(new Settings.Failback(Limits.Policy.MANUAL, Duration.ofMinutes(5), Duration.ofHours(1)));
    }

    @Test
    void isolation() throws Exception {
        assertThat(of("takeover: {after: 4s}\n").isolation())
                .isEqualTo(new Settings.Isolation(IsolationPolicy.STOP, Duration.ofSeconds(2), Duration.ofSeconds(30)));
        assertThat(of("isolation: {policy: keep-serving, after: 1s, stop-after: 1m}\n")
                        .isolation())
                .isEqualTo(new Settings.Isolation(
                        IsolationPolicy.KEEP_SERVING, Duration.ofSeconds(1), Duration.ofMinutes(1)));
        assertThatThrownBy(() -> of("isolation: {after: 3s}\n"))
                .hasMessageContaining("is not shorter than takeover.after (3s): both nodes would serve at once");
        assertThatThrownBy(() -> of("takeover: {after: 10s, unfenced-after: 5s}\n"))
                .hasMessageContaining("takeover.unfenced-after (5s) is shorter than takeover.after (10s)");
    }

    @Test
    void boot() throws Exception {
        assertThat(of("").boot()).isEqualTo(new Settings.Boot(Duration.ofSeconds(15), Duration.ofMinutes(2)));
        assertThat(of("boot: {master-wait: 30s, slave-wait: 5m}\n").boot())
                .isEqualTo(new Settings.Boot(Duration.ofSeconds(30), Duration.ofMinutes(5)));
    }

    @Test
    void asterisk() throws Exception {
        assertThat(of("").asterisk())
                .isEqualTo(new Settings.Asterisk(
                        5060, ip("127.0.0.1"), 5038, "pbx-ha", Path.of("/var/lib/pbx-ha/secrets/ami")));
        assertThat(
                        of("asterisk: {sip-port: 5070, ami-host: '::1', ami-port: 5039, ami-user: ha, ami-secret-file: /root/s}\n")
                                .asterisk())
                .isEqualTo(new Settings.Asterisk(5070, ip("::1"), 5039, "ha", Path.of("/root/s")));
    }

    @Test
    void database() throws Exception {
        assertThat(of("").database())
                .isEqualTo(new Settings.Database(
                        5432, Optional.empty(), "pbx_ha", Path.of("/var/lib/pbx-ha/secrets/database")));
        assertThat(of("database: {port: 5433, name: pbx, user: ha, password-file: /root/p}\n")
                        .database())
                .isEqualTo(new Settings.Database(5433, Optional.of("pbx"), "ha", Path.of("/root/p")));
    }

    @Test
    void replication() throws Exception {
        assertThat(of("").replication())
                .isEqualTo(new Settings.Replication(
                        new Schedule(Optional.of("0 0 * * * ?")),
                        new Schedule(Optional.of("0 40 4 ? * SUN")),
                        List.of()));
        assertThat(
                        of("replication: {schedule: off, verification: off, categories: [dhcp=leave, web sessions=replicate]}\n")
                                .replication())
                .isEqualTo(new Settings.Replication(
                        new Schedule(Optional.empty()),
                        new Schedule(Optional.empty()),
                        List.of(
                                new CategoryFate("dhcp", CategoryFate.Fate.LEAVE),
                                new CategoryFate("web sessions", CategoryFate.Fate.REPLICATE))));
    }

    @Test
    void sync() throws Exception {
        assertThat(of("").sync()).isEqualTo(new Settings.Sync(new Schedule(Optional.of("0 0 * * * ?")), List.of()));
        assertThat(of("sync: {schedule: '0 30 2 * * ?', extra-directories: [/srv/sounds, /opt/ivr]}\n")
                        .sync())
                .isEqualTo(new Settings.Sync(
                        new Schedule(Optional.of("0 30 2 * * ?")),
                        List.of(Path.of("/srv/sounds"), Path.of("/opt/ivr"))));
    }

    @Test
    void ssh() throws Exception {
        assertThat(of("").ssh()).isEqualTo(new Settings.Ssh(22));
        assertThat(of("ssh: {port: 2222}\n").ssh()).isEqualTo(new Settings.Ssh(2222));
    }

    @Test
    void events() throws Exception {
        Path secret = Path.of("/var/lib/pbx-ha/secrets/events");
        List<String> tables = List.of("queue_log", "cel");
        Settings.Events off = new Settings.Events(
                Optional.empty(), "pbx_events", secret, tables, Optional.empty(), Duration.ofSeconds(1));
        assertThat(of("").events()).isEqualTo(off);
        assertThat(of("events: {target: ''}\n").events()).isEqualTo(off);
        String url = "jdbc:postgresql://a.example.org:5433,[::1]/reports?sslmode=verify-full&currentSchema=pbx";
        assertThat(of("events: {target: '" + url
                                + "', user: ha, password-file: /root/e, tables: [cel], node: xivo-a, interval: 5s}\n")
                        .events())
                .isEqualTo(new Settings.Events(
                        Optional.of(url),
                        "ha",
                        Path.of("/root/e"),
                        List.of("cel"),
                        Optional.of("xivo-a"),
                        Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://host/db | must be jdbc:postgresql://HOST:PORT/DATABASE",
                "jdbc:postgresql:db | must be jdbc:postgresql://HOST:PORT/DATABASE",
                "jdbc:postgresql://joe:s3cret@host/db | must not hold a user or password",
                "jdbc:postgresql://host/db?sslmode=require&password=s3cret | must not hold the parameter password",
                "jdbc:postgresql://host/db?user=s3cret | must not hold the parameter user",
                "jdbc:postgresql://host/db?socketFactory=s3cret | has a parameter that is not one of",
                "jdbc:postgresql://host/db?sslmod=require | did you mean sslmode",
                "jdbc:postgresql://ho$t/db | names a host that is none"
            })
    void aTargetWithCredentialsOrSurprisesIsRefusedAndNotRepeated(String target, String why) {
        assertThatThrownBy(() -> of("events: {target: '" + target + "'}\n"))
                .hasMessageContaining(why)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void eventsGoToAnotherDatabase() {
        String here = "events: {target: 'jdbc:postgresql://localhost/pbx'%s}\ndatabase: {name: pbx}\n";
        assertThatThrownBy(() -> of(here.formatted(""))).hasMessageContaining("is this node's own database");
        assertThatThrownBy(() -> of(here.formatted(", tables: []")))
                .hasMessageContaining("events.tables is empty and events.target is given");
    }

    private static Settings of(String more) throws ConfigException {
        return parse(LEAST + more);
    }

    private static Settings parse(String text) throws ConfigException {
        return SettingsLoader.parse(Path.of("/etc/pbx-ha/pbx-ha.yml"), text).settings();
    }

    private static InetAddress ip(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @Test
    void aRunIsOverdueWhenTheSecondOneShouldHaveBegun() throws Exception {
        Schedule hourly = of("").replication().schedule();
        Instant success = Instant.parse("2026-03-01T10:00:20Z");

        assertThat(hourly.missedTwice(success, Instant.parse("2026-03-01T11:59:59Z")))
                .isFalse();
        assertThat(hourly.missedTwice(success, Instant.parse("2026-03-01T12:00:01Z")))
                .isTrue();
        assertThat(new Schedule(Optional.empty()).missedTwice(success, Instant.MAX))
                .isFalse();
    }
}
