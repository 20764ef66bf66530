// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.pbxha.agent.effect.setup.Neighbours.ASTERISK;
import static org.pbxha.agent.effect.setup.Neighbours.SYSTEMCTL;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pbxha.agent.BuildVersion;
import org.pbxha.agent.config.CategoryFate;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.effect.NodeDatabase;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.setup.NodeFacts;
import org.pbxha.agent.state.BootId;
import org.pbxha.provisioning.ProvisioningPlugins;
import org.pbxha.sync.postgres.DatabaseFacts;
import org.pbxha.sync.postgres.Selection;
import org.pbxha.sync.ssh.HostKeys;
import org.pbxha.sync.ssh.SshException;
import org.pbxha.sync.ssh.SshPublicKey;

/** Reads what a node tells its peer at pairing. */
final class FactsReader {
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)*");
    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");
    private static final int DEFAULT_PORT = 5432;

    private final Places places;
    private final Programs programs;

    FactsReader(Places places, Programs programs) {
        this.places = places;
        this.programs = programs;
    }

    NodeFacts read(Role role, Profile profile) throws IOException {
        DatabaseVersion database = profile.database().isPresent() ? database(profile) : DatabaseVersion.NONE;
        return new NodeFacts(
                BuildVersion.current(),
                role,
                profile.name(),
                Files.readString(HOSTNAME).strip(),
                BootId.current(),
                Instant.now(),
                addresses(),
                asteriskVersion(),
                asteriskRuns(),
                database.version(),
                database.encoding(),
                hostKeys(),
                plugins());
    }

    /** Version and encoding of the profile's database, which must be there. */
    DatabaseVersion database(Profile profile) throws IOException {
        Psql psql = psql(profile);
        String answer = psql.asPostgres(postgres -> postgres.run(
                "SELECT current_setting('server_version') || '|' || current_setting('server_encoding');\n"));
        String[] parts = answer.strip().split("\\|", -1);
        if (parts.length != 2) {
            throw new IOException("PostgreSQL answers with " + answer + " instead of its version and encoding");
        }
        return new DatabaseVersion(psql.database(), first(parts[0]), parts[1]);
    }

    /** Tables of the profile's database that belong to a superuser: our role cannot touch them. */
    List<String> outOfReach(Profile profile) throws IOException {
        List<CategoryFate> overrides =
                settings().map(found -> found.replication().categories()).orElse(List.of());
        Selection selection = NodeDatabase.selection(profile.database().orElseThrow(), overrides);
        return psql(profile)
                .asPostgres(postgres -> DatabaseFacts.read(postgres, selection).outOfReach());
    }

    private Optional<Settings> settings() {
        return new ExistingSettings(places.node().configurationFile()).settings();
    }

    private Psql psql(Profile profile) {
        Optional<Settings> settings = settings();
        int port = settings.map(found -> found.database().port()).orElse(DEFAULT_PORT);
        String name = settings.flatMap(found -> found.database().name())
                .orElseGet(() -> profile.database().orElseThrow().name());
        return new Psql(programs, port, name);
    }

    private String asteriskVersion() throws IOException {
        return programs.has(ASTERISK) ? first(programs.ask(ASTERISK, "-V")) : "";
    }

    private boolean asteriskRuns() throws IOException {
        return programs.run(SYSTEMCTL, "is-active", "--quiet", "asterisk.service")
                .succeeded();
    }

    private List<String> hostKeys() throws IOException {
        try {
            return HostKeys.read(places.sshHostKeys()).stream()
                    .map(SshPublicKey::line)
                    .toList();
        } catch (SshException e) {
            throw new IOException(e.getMessage() + ". Is openssh-server installed?", e);
        }
    }

    /** Names of the installed plugins of the provisioning server. */
    List<String> plugins() throws IOException {
        List<String> plugins = new ArrayList<>();
        for (Path directory : places.plugins()) {
            plugins.addAll(ProvisioningPlugins.installed(directory));
        }
        return plugins;
    }

    private static List<String> addresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .sorted()
                .toList();
    }

    /** The first version number of a text, or the text. */
    private static String first(String text) {
        Matcher version = VERSION.matcher(text);
        return version.find() ? version.group() : text.strip();
    }

    /** A database: its name, the server's version, its encoding. */
    record DatabaseVersion(String name, String version, String encoding) {
        static final DatabaseVersion NONE = new DatabaseVersion("", "", "");
    }
}
