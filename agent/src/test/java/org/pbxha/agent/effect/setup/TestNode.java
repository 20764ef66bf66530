// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.config.CategoryFate.Fate;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.PairedNode;
import org.pbxha.agent.setup.Plan;
import org.pbxha.agent.setup.UndoRecord;

/** A node in a directory: a XiVO-like system below {@code root}, with fake programs. */
final class TestNode implements AutoCloseable {
    static final String HBA =
            "local all postgres peer\nhost asterisk postgres 192.0.2.1/32 trust\nhost all all 127.0.0.1/32 md5\n";
    static final String POSTGRES = "port = 5432\nlisten_addresses = '*'\n#listen_addresses = 'x'\nwork_mem = 4MB";
    static final String HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    static final String PEER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ";

    final Path root;
    final Places places;
    final Profile profile;
    final FakeNode programs = new FakeNode();
    final FakeProvd provd = new FakeProvd();
    final List<String> served = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final UndoRecord record;

    TestNode(Path root) throws IOException {
        this.root = root;
        this.places = new Places(
                new NodePaths(root.resolve("etc/pbx-ha"), root.resolve("var/lib/pbx-ha"), root.resolve("run")),
                root.resolve("etc/systemd/system"),
                root.resolve("usr/lib/pbx-ha/gate.conf"),
                root.resolve("root/.ssh/authorized_keys"),
                root.resolve("etc/ssh"),
                root.resolve("etc/postgresql"),
                Path.of("/usr/lib/pbx-ha/sync-receive"),
                Path.of("/usr/lib/pbx-ha/fence"),
                Path.of("/usr/lib/pbx-ha/sync-names"),
                List.of(root.resolve("var/lib/xivo-provd/plugins")));
        this.profile = profile();
        this.record = new UndoRecord(
                places.undoRecord(),
                Undos.all(places, programs.programs(), programs.postgres.times, (subject, memory) -> {
                    served.add(subject);
                    return "serves";
                }));
        fill();
    }

    private Profile profile() {
        return new Profile(
                "xivo",
                "A test",
                Optional.of(new Profile.Database(
                        "asterisk", "asterisk", "public", List.of(), List.of(), Fate.REPLICATE, List.of())),
                List.of(root.resolve("var/lib/asterisk/moh"), root.resolve("etc/asterisk/extensions_extra.d")),
                List.of("asterisk.service", "monit.service"),
                new Profile.Asterisk(
                        root.resolve("etc/asterisk/manager.d"),
                        root.resolve("etc/asterisk/pjsip.conf"),
                        Optional.empty()),
                root.resolve("etc/fail2ban/jail.d"),
                Optional.of(provd.base()),
                Optional.of(new Profile.OldHa(
                        root.resolve("etc/xivo/ha.conf"),
                        List.of(root.resolve("etc/cron.d/xivo-ha-master"), root.resolve("etc/cron.d/xivo-ha-slave")),
                        List.of(),
                        "host asterisk postgres",
                        "listen_addresses")),
                List.of(),
                List.of());
    }

    private void fill() throws IOException {
        for (String directory :
                List.of("etc/asterisk/manager.d", "etc/systemd/system/asterisk.service.d", "usr/lib/pbx-ha")) {
            Files.createDirectories(root.resolve(directory));
        }
        put("usr/lib/pbx-ha/gate.conf", "[Unit]\n");
        put("etc/systemd/system/asterisk.service.d/local.conf", "[Service]\n");
        put("etc/asterisk/pjsip.conf", "; M\u00fcller\n[transport-udp]\ntype=transport\n");
        put("etc/fail2ban/jail.local", "[DEFAULT]\nignoreip = 127.0.0.1/8\n");
        Files.createDirectories(root.resolve("etc/fail2ban/jail.d"));
        put("root/.ssh/authorized_keys", "ssh-ed25519 AAAA admin@laptop\n");
        put("etc/xivo/ha.conf", "{\"node_type\": \"slave\", \"remote_address\": \"192.0.2.1\"}");
        put("etc/cron.d/xivo-ha-slave", "* * * * * root /usr/sbin/xivo-check-master-status 192.0.2.1 >/dev/null\n");
        put("etc/postgresql/13/main/pg_hba.conf", HBA);
        put("etc/postgresql/13/main/postgresql.conf", POSTGRES);
        Files.setPosixFilePermissions(
                root.resolve("etc/postgresql/13/main/pg_hba.conf"), PosixFilePermissions.fromString("rw-r-----"));
    }

    void put(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(ISO_8859_1));
    }

    String content(String name) throws IOException {
        return Files.readString(root.resolve(name), ISO_8859_1);
    }

    PairedNode paired(Role role) throws IOException {
        return new PairedNode(
                role,
                profile,
                InetAddress.getByName("192.0.2.2"),
                InetAddress.getByName("192.0.2.1"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                PEER_KEY,
                List.of(HOST_KEY),
                List.of());
    }

    /** All changes but the identity, which takes a second of keytool. */
    List<Change> changes(Role role) throws IOException {
        return new NodePlans(places, programs.programs(), programs.postgres.times)
                .all(paired(role)).stream()
                        .filter(change -> !(change instanceof IdentityChange))
                        .toList();
    }

    Plan plan(Role role) throws IOException {
        return new Plan(changes(role), record);
    }

    /** Every file and link with its content and its mode, and what is in the database and the provisioning server. */
    Map<String, String> snapshot() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    found.put(name, "-> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path)) {
                    found.put(
                            name,
                            PosixFilePermissions.toString(
                                            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS))
                                    + " " + Files.readString(path, ISO_8859_1));
                }
            }
        }
        found.put("SIP expiry", programs.postgres.times.line());
        found.put("registrar", provd.registrar());
        return found;
    }

    @Override
    public void close() {
        provd.close();
        programs.close();
    }
}
