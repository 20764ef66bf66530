// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigCommandTest {
    private static final String LEAST =
            "role: slave\nprofile: xivo\nnode: {address: 192.0.2.12}\npeer: {address: 192.0.2.11}\n";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysThatAFileIsRight() throws Exception {
        assertThat(run("config", "check", "--file", file(LEAST))).isZero();
        assertThat(out.toString()).endsWith("pbx-ha.yml is right: role slave, profile xivo\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listsAllProblemsAndEndsWith78() throws Exception {
        assertThat(run("config", "check", "--file", file("rolle: slave\nwatch: {interval: 5}\n")))
                .isEqualTo(78);

        assertThat(err.toString())
                .contains(
                        "4 problems",
                        "rolle: unknown option; did you mean role?",
                        "watch.interval = 5: has no unit",
                        "role: is missing",
                        "profile: is missing",
                        "then run: pbx-ha config check");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThat(run("config", "show", "--file", directory + "/none")).isEqualTo(78);
        assertThat(err.toString()).contains("does not exist; run: pbx-ha setup");
    }

    @Test
    void refusesAProfileThatDoesNotExist() throws Exception {
        assertThat(run("config", "check", "--file", file(LEAST.replace("xivo", "xvio"))))
                .isEqualTo(78);
        assertThat(err.toString()).contains("there is no profile xvio; did you mean xivo?");
    }

    @Test
    void refusesADirectoryThatTheProfileHasAlready() throws Exception {
        String more = "sync: {extra-directories: [/var/lib/asterisk/moh, /srv/ok, /var/lib/xivo]}\n";

        assertThat(run("config", "check", "--file", file(LEAST + more))).isEqualTo(78);
        assertThat(err.toString())
                .contains("4 problems")
                .contains(
                        "line 5: sync.extra-directories: /var/lib/asterisk/moh is a directory of the profile xivo; leave it out")
                .contains("/var/lib/xivo overlaps a directory of the profile xivo, /var/lib/xivo/sounds/acd")
                .doesNotContain("/srv/ok");
    }

    @Test
    void refusesACategoryThatTheProfileDoesNotHave() throws Exception {
        String more = "replication: {categories: [dhpc=leave, statistics=replicate]}\n";

        assertThat(run("config", "check", "--file", file(LEAST + more))).isEqualTo(78);
        assertThat(err.toString())
                .contains("1 problem")
                .contains("line 5: replication.categories: the profile xivo has no category dhpc; did you mean dhcp?");
    }

    @Test
    void refusesADatabaseThatTheProfileKnowsNothingAbout() throws Exception {
        String text = LEAST.replace("xivo", "asterisk") + "database: {name: realtime}\n";

        assertThat(run("config", "check", "--file", file(text))).isEqualTo(78);
        assertThat(err.toString())
                .contains("line 5: database.name: the profile asterisk says nothing about a database");
    }

    @Test
    void refusesEventsThatBothNodesWouldShip() throws Exception {
        String target = "  target: jdbc:postgresql://reports/db\n";
        assertThat(run("config", "check", "--file", file(LEAST + "events:\n" + target)))
                .isZero();
        String more = "replication: {categories: [queue-log=replicate]}\nevents:\n" + target
                + "  tables: [queue_log, cel, stat_queue, userfeatures]\n";

        assertThat(run("config", "check", "--file", file(LEAST + more))).isEqualTo(78);
        assertThat(err.toString())
                .contains("2 problems")
                .contains("line 8: events.tables: queue_log is replicated to the slave")
                .contains("line 8: events.tables: userfeatures is replicated to the slave");

        assertThat(run("config", "check", "--file", file(LEAST.replace("xivo", "asterisk") + "events:\n" + target)))
                .isEqualTo(78);
        assertThat(err.toString())
                .contains("line 6: events.target: the profile asterisk says nothing about a database");
    }

    @Test
    void showsEveryOptionWithItsOrigin() throws Exception {
        assertThat(run("config", "show", "--file", file(LEAST))).isZero();

        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("role +slave +line 1"))
                .anyMatch(line -> line.matches("takeover.after +3s +default"))
                .anyMatch(line -> line.matches("link.bind +- +default: node.address"))
                .anyMatch(line -> line.matches("database.name +- +default: the profile's"))
                .anyMatch(line -> line.matches("asterisk.ami-secret-file +/var/lib/pbx-ha/secrets/ami +default"));
    }

    @Test
    void showsAProfileInWords() throws Exception {
        assertThat(run("config", "profile", "wazo")).isZero();
        assertThat(out.toString())
                .startsWith("wazo: Wazo Platform")
                .contains("Into service:\n   1. remove /var/lib/wazo/disabled\n");

        assertThat(run("config", "profile", "--file", file(LEAST))).isZero();
        assertThat(out.toString()).contains("\nxivo: XiVO");
    }

    @Test
    void wantsASubcommand() {
        assertThat(run("config")).isEqualTo(2);
    }

    private String file(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("pbx-ha.yml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return file.toString();
    }

    private int run(String... arguments) {
        CommandLine line = RootCommand.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
