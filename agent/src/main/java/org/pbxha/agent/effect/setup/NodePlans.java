// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.config.SettingsLoader;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.effect.NodeDatabase;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.link.PinnedPeer;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.PairedNode;
import org.pbxha.sync.files.RsyncModules;
import org.pbxha.sync.files.SyncDirectory;
import org.pbxha.sync.postgres.DatabaseFacts;
import org.pbxha.sync.postgres.Selection;

/** Puts the changes of a node in their order. Made anew each time: only what a node lacks comes out as something to do. */
final class NodePlans {
    private final Places places;
    private final Programs programs;
    private final SipTimes times;
    private final Neighbours neighbours;
    private final ExistingSettings existing;

    NodePlans(Places places, Programs programs, SipTimes times) {
        this.times = times;
        this.places = places;
        this.programs = programs;
        this.neighbours = new Neighbours(programs);
        this.existing = new ExistingSettings(places.node().configurationFile());
    }

    List<Change> keys(Role role) {
        return List.of(
                new IdentityChange(places.node().data()),
                role == Role.MASTER
                        ? SshKeyChange.ofSync(places.ssh())
                        : SshKeyChange.ofFencing(places.node().fencingKeys()));
    }

    List<Change> all(PairedNode node) throws IOException {
        String text = text(node);
        Settings settings = settings(text);
        Profile profile = node.profile();
        List<String> present = neighbours.present(profile.gatedUnits());
        List<Change> changes = new ArrayList<>();
        if (node.role() == Role.SLAVE) {
            changes.add(new StandbyChange(profile, present, places.node().state()));
        }
        changes.addAll(keys(node.role()));
        changes.add(peerCertificate(node));
        changes.add(configuration(node, text));
        changes.add(new StateChange(places.node().state(), node.role()));
        changes.addAll(asterisk(node, settings));
        changes.addAll(fail2ban(node));
        changes.addAll(database(profile, settings));
        changes.addAll(registrar(node));
        changes.addAll(new SshChanges(places).of(node, settings.ssh().port()));
        if (node.role() == Role.SLAVE) {
            changes.addAll(receiving(node, settings));
        }
        changes.add(new GateChange(
                places.systemd(), places.gate(), profile.gatedUnits(), present, neighbours::reloadUnits));
        if (profile.oldHa().isPresent()) {
            changes.addAll(new OldHaChanges(profile.oldHa().get(), places.postgres(), neighbours).all());
        }
        changes.add(agent(settings));
        return changes;
    }

    private Change peerCertificate(PairedNode node) {
        Path file = places.node().data().resolve(PinnedPeer.FILE);
        return ownFile(
                file,
                node.peerCertificate(),
                "trust " + node.peer().getHostAddress() + " by the certificate it showed at pairing");
    }

    /** The configuration as it will be. */
    private String text(PairedNode node) throws IOException {
        Optional<Settings> before = existing.settings();
        boolean agrees = before.filter(settings -> ConfigurationText.agrees(settings, node))
                .isPresent();
        return agrees
                ? Files.readString(existing.file())
                : ConfigurationText.render(node, existing, places.node().data());
    }

    private Settings settings(String text) {
        try {
            return SettingsLoader.parse(existing.file(), text).settings();
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Change configuration(PairedNode node, String text) {
        Path file = existing.file();
        byte[] content = text.getBytes(UTF_8);
        String words = "write " + file + ": " + node.role().name().toLowerCase(Locale.ROOT) + " "
                + node.own().getHostAddress() + ", peer " + node.peer().getHostAddress() + ", profile "
                + node.profile().name();
        FileAccess access = new FileAccess("rw-r-----", null, null);
        return new FileChange(Kind.CONFIGURATION, file, Optional.of(content), access, words, Reload.NONE);
    }

    private List<Change> asterisk(PairedNode node, Settings settings) throws IOException {
        Path file = settings.asterisk().amiSecretFile();
        String secret = secret(file);
        AsteriskChanges asterisk = new AsteriskChanges(node.profile().asterisk(), neighbours);
        List<Change> changes = new ArrayList<>();
        changes.add(ownFile(file, secret + "\n", "make a password for Asterisk's manager interface in " + file));
        changes.add(asterisk.account(settings.asterisk().amiUser(), secret));
        // The own address as well: the agent asks its own Asterisk as a phone would.
        changes.addAll(asterisk.endpoint(List.of(node.peer(), node.own())));
        return changes;
    }

    private List<Change> fail2ban(PairedNode node) throws IOException {
        Path directory = node.profile().fail2banDirectory();
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        Fail2banIgnore ignore = new Fail2banIgnore(directory);
        String peer = node.peer().getHostAddress();
        return List.of(new FileChange(
                Kind.FAIL2BAN,
                ignore.file(),
                Optional.of(ignore.render(peer).getBytes(UTF_8)),
                FileAccess.PUBLIC,
                "keep fail2ban from banning " + peer + " in " + ignore.file(),
                neighbours::reloadFail2ban));
    }

    private List<Change> database(Profile profile, Settings settings) throws IOException {
        if (profile.database().isEmpty()) {
            return List.of();
        }
        Settings.Database database = settings.database();
        Path file = database.passwordFile();
        String password = secret(file);
        Psql psql = new Psql(programs, database.port(), databaseName(profile, settings));
        Selection selection = NodeDatabase.selection(
                profile.database().get(), settings.replication().categories());
        DatabaseFacts facts = psql.asPostgres(postgres -> DatabaseFacts.read(postgres, selection));
        return List.of(
                ownFile(file, password + "\n", "make a password for the database role in " + file),
                new DatabaseRoleChange(psql, "127.0.0.1", database.user(), facts, password),
                SipExpiryChange.of(psql, database.user(), file, times, neighbours::reloadSip));
    }

    /** On the master only: the slave has no phones of its own, and its provisioning server stands by. */
    private static List<Change> registrar(PairedNode node) {
        return node.role() == Role.MASTER
                ? node.profile().provisioningServer().stream()
                        .<Change>map(server -> new RegistrarChange(server, node.peer()))
                        .toList()
                : List.of();
    }

    private List<Change> receiving(PairedNode node, Settings settings) {
        List<SyncDirectory> directories = Stream.concat(
                        node.profile().directories().stream(), settings.sync().extraDirectories().stream())
                .distinct()
                .map(SyncDirectory::new)
                .toList();
        List<Change> changes = new ArrayList<>();
        directories.forEach(directory -> changes.add(new DirectoryChange(directory)));
        changes.add(ownFile(
                places.rsyncd(),
                RsyncModules.render(directories, places.nameConverter()),
                "receive " + directories.size() + " directories from the master, by " + places.rsyncd()));
        return changes;
    }

    private Change agent(Settings settings) {
        List<Path> reads = new ArrayList<>(List.of(
                places.node().configurationFile(),
                places.node().data().resolve(PinnedPeer.FILE),
                settings.asterisk().amiSecretFile()));
        return new AgentChange(programs, reads);
    }

    static Change ownFile(Path file, String content, String words) {
        byte[] bytes = content.getBytes(UTF_8);
        return new FileChange(Kind.FILE, file, Optional.of(bytes), FileAccess.PRIVATE, words, Reload.NONE);
    }

    static String databaseName(Profile profile, Settings settings) {
        return settings.database()
                .name()
                .orElseGet(() -> profile.database().orElseThrow().name());
    }

    /** The secret of a file, or a new one for it. */
    private static String secret(Path file) throws IOException {
        Optional<byte[]> found = FileMemory.read(file);
        if (found.isPresent()) {
            return new String(found.get(), UTF_8).strip();
        }
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Arrays.fill(random, (byte) 0);
        return secret;
    }
}
