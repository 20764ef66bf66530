// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;

/** What somebody who has stolen the sync key can do with a real rsync client of his own. */
@SuppressWarnings("NullAway.Init")
class HostilePeerIT {
    private static final String MODULE = "127.0.0.1::";

    @TempDir
    private Path directory;

    private SyncPair pair;
    private Path outside;

    @BeforeEach
    void startPair() throws Exception {
        pair = new SyncPair(directory);
        pair.write("here/file", "planted");
        pair.write("there/secret", "secret of the slave");
        outside = Files.createDirectory(directory.toRealPath().resolve("slave/outside"));
    }

    @AfterEach
    void stopPair() {
        if (pair != null) {
            pair.close();
        }
    }

    @Test
    void cannotReadAnythingBack() throws Exception {
        Outcome outcome = rsync("-r", module() + "/", directory + "/loot/");

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.errors()).contains("write only");
        assertThat(directory.resolve("loot/secret")).doesNotExist();
    }

    @Test
    void cannotListTheModules() throws Exception {
        assertThat(rsync(MODULE).output()).isEmpty();
    }

    @Test
    void cannotWriteThroughALinkThatItPlantedBefore() throws Exception {
        Path link = Files.createSymbolicLink(pair.here().resolve("link"), outside);
        assertThat(rsync("-rl", pair.here() + "/", module() + "/").succeeded()).isTrue();
        assertThat(Files.readSymbolicLink(pair.there().resolve("link"))).isEqualTo(outside);
        Files.delete(link);

        rsync("-r", pair.here() + "/file", module() + "/link/");
        rsync("-r", pair.here() + "/file", module() + "/link/file");

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void cannotClimbOutOfTheModule() throws Exception {
        rsync("-r", pair.here() + "/file", module() + "/../outside/");
        rsync("-r", pair.here() + "/file", module() + "/../../../../../../" + outside + "/");

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void cannotMakeDevices() throws Exception {
        Outcome outcome = rsync("-rD", pair.here() + "/", module() + "/");

        assertThat(outcome.succeeded()).isFalse();
        assertThat(pair.there().resolve("file")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--write-devices",
                "--inplace",
                "--backup-dir=/b",
                "--temp-dir=/t",
                "--partial-dir=/p",
                "--link-dest=/l",
                "--compare-dest=/c",
                "--log-file=/x",
                "--fake-super",
                "--keep-dirlinks",
                "--usermap=*:root",
                "--numeric-ids",
                "--remove-source-files",
                "--specials"
            })
    void cannotUseOptionsThatSyncDoesNotUse(String option) throws Exception {
        Outcome outcome = rsync("-r", "--remote-option=" + option, pair.here() + "/", module() + "/");

        assertThat(outcome.succeeded()).as(outcome.complaint()).isFalse();
        assertThat(pair.there().resolve("file")).doesNotExist();
    }

    private String module() {
        return MODULE + new SyncDirectory(pair.here()).moduleName();
    }

    private Outcome rsync(String... arguments) throws Exception {
        List<String> argv = new ArrayList<>();
        argv.add("/usr/bin/rsync");
        argv.add("--rsh=" + String.join(" ", pair.target().sshCommand(Duration.ofSeconds(5))));
        argv.addAll(List.of(arguments));
        return BoundedProcess.run(Command.of(Duration.ofSeconds(20), argv));
    }
}
