// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.pbxha.agent.effect.setup.Neighbours.SYSTEMCTL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.setup.Check;

/** What a node has and lacks, before anything is changed. */
final class LocalChecks {
    /** ExecCondition= came with it. */
    private static final int OLDEST_SYSTEMD = 243;

    private static final long ENOUGH_BYTES = 100L * 1024 * 1024;
    private static final Pattern SYSTEMD = Pattern.compile("systemd (\\d+)");

    private final Places places;
    private final Programs programs;
    private final FactsReader facts;

    LocalChecks(Places places, Programs programs) {
        this.places = places;
        this.programs = programs;
        this.facts = new FactsReader(places, programs);
    }

    List<Check> check(Role role, Profile profile) {
        List<Check> checks = new ArrayList<>();
        checks.add(root());
        checks.add(guarded("systemd", this::systemd));
        needed(role).forEach(program -> checks.add(program(program)));
        checks.add(guarded("the unit of Asterisk", this::asterisk));
        checks.add(managerDirectory(profile));
        if (profile.database().isPresent()) {
            checks.add(guarded("the database", () -> database(profile)));
            checks.add(guarded("the owners of the tables", () -> owners(profile)));
        }
        if (role == Role.MASTER) {
            profile.provisioningServer().ifPresent(server -> checks.add(RegistrarChange.check(server)));
        }
        if (role == Role.SLAVE) {
            checks.add(guarded("the provisioning server", this::plugins));
        }
        checks.add(guarded("the free space", this::space));
        checks.addAll(earlierSetup(role));
        if (profile.oldHa().isPresent()) {
            checks.add(guarded(
                    "the older high availability", () -> oldHa(profile.oldHa().get())));
        }
        return checks;
    }

    private static Check root() {
        return "root".equals(System.getProperty("user.name"))
                ? Check.ok("running as root")
                : Check.error("not running as root", "run it with sudo");
    }

    private Check systemd() throws IOException {
        Matcher version = SYSTEMD.matcher(programs.ask(SYSTEMCTL, "--version"));
        if (!version.find()) {
            return Check.error("the version of systemd cannot be read", "try: systemctl --version");
        }
        int number = Integer.parseInt(version.group(1));
        return number >= OLDEST_SYSTEMD
                ? Check.ok("systemd " + number)
                : Check.error(
                        "systemd " + number + " cannot keep a unit behind a gate (ExecCondition= came with "
                                + OLDEST_SYSTEMD + ")",
                        "upgrade the system to Debian 11 or newer");
    }

    private static List<String> needed(Role role) {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        return role == Role.MASTER
                ? List.of("/usr/bin/rsync", "/usr/bin/ssh", keytool)
                : List.of("/usr/bin/rsync", "/usr/sbin/sshd", keytool);
    }

    private Check program(String program) {
        return programs.has(program)
                ? Check.ok(program + " is installed")
                : Check.error(program + " is missing", "apt install rsync openssh-client openssh-server");
    }

    private Check asterisk() throws IOException {
        String loaded = programs.ask(SYSTEMCTL, "show", "--property=LoadState", "--value", "asterisk.service")
                .strip();
        return loaded.equals("loaded")
                ? Check.ok("asterisk.service exists")
                : Check.error(
                        "asterisk.service is " + loaded,
                        "pbx-ha starts and stops Asterisk by its systemd unit: install one of that name");
    }

    private static Check managerDirectory(Profile profile) {
        Path directory = profile.asterisk().managerDirectory();
        return Files.isDirectory(directory)
                ? Check.ok("Asterisk takes manager accounts in " + directory)
                : Check.error(
                        directory + " does not exist",
                        "make it, add the line '#include \"manager.d/*.conf\"' to manager.conf, or name another"
                                + " directory in a profile of your own");
    }

    private Check database(Profile profile) throws IOException {
        FactsReader.DatabaseVersion database = facts.database(profile);
        return database.encoding().equals("UTF8")
                ? Check.ok("PostgreSQL " + database.version() + ", database " + database.name() + " in UTF-8")
                : Check.error(
                        "the database " + database.name() + " is in " + database.encoding() + ", not UTF-8",
                        "dump it, create it again with encoding UTF8, and restore it");
    }

    private Check owners(Profile profile) throws IOException {
        List<String> tables = facts.outOfReach(profile);
        return tables.isEmpty()
                ? Check.ok("no superuser owns a table that is replicated")
                : Check.error(
                        "a superuser of PostgreSQL owns " + String.join(", ", tables)
                                + ", and replication is no superuser",
                        "give them away, as postgres: ALTER TABLE NAME OWNER TO "
                                + profile.database().orElseThrow().owner()
                                + "; or exclude them in a profile of your own");
    }

    private Check plugins() throws IOException {
        List<String> plugins = facts.plugins();
        return plugins.isEmpty()
                ? Check.ok("no provisioning plugins on this slave")
                : Check.error(
                        "this slave has provisioning plugins of its own: " + String.join(" ", plugins),
                        "phones are provisioned by the master only; uninstall them here, in the web interface or"
                                + " through the provisioning server");
    }

    private Check space() throws IOException {
        Path there = places.node().data();
        while (!Files.exists(there)) {
            there = there.resolveSibling("..").normalize();
        }
        long free = Files.getFileStore(there).getUsableSpace();
        long megabytes = free / (1024 * 1024);
        return free >= ENOUGH_BYTES
                ? Check.ok(megabytes + " MB free in " + there)
                : Check.error("only " + megabytes + " MB free in " + there, "make 100 MB free");
    }

    private List<Check> earlierSetup(Role role) {
        List<Check> checks = new ArrayList<>();
        new ExistingSettings(places.node().configurationFile())
                .problem()
                .ifPresent(problem -> checks.add(
                        Check.error("the configuration that is there has mistakes: " + problem, "repair it first")));
        Optional<Role> before = StateChange.roleIn(places.node().state());
        before.filter(other -> other != role)
                .ifPresent(other -> checks.add(Check.error(
                        "this node is set up as " + other.name().toLowerCase(Locale.ROOT) + " already",
                        "run first: pbx-ha setup disable")));
        return checks;
    }

    private Check oldHa(Profile.OldHa oldHa) throws IOException {
        List<String> found = new OldHaChanges(oldHa, places.postgres(), new Neighbours(programs)).found();
        return found.isEmpty()
                ? Check.ok("no older high availability here")
                : Check.warning(
                        "an older high availability is set up here: " + String.join(" ", found),
                        "it will be retired; 'pbx-ha setup disable' brings it back");
    }

    /** A look that fails stands in the way like one that finds something. */
    private static Check guarded(String what, Look look) {
        try {
            return look.take();
        } catch (IOException e) {
            return Check.error("cannot look at " + what + ": " + e.getMessage(), "mend that first");
        }
    }

    private interface Look {
        Check take() throws IOException;
    }
}
