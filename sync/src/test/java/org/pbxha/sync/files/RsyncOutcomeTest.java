// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pbxha.sync.files.DirectoryReport.Counts;
import org.pbxha.sync.files.DirectoryReport.Result;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.ssh.SshException;
import org.pbxha.sync.ssh.SshTarget;

class RsyncOutcomeTest {
    private static final SshTarget TARGET = new SshTarget("10.0.0.2", 22, "root", Path.of("/k"), Path.of("/h"));

    @Test
    void readsTheStatistics() throws Exception {
        String statistics = """

                Number of files: 6 (reg: 2, dir: 2, link: 2)
                Number of created files: 5 (reg: 2, dir: 1, link: 2)
                Number of deleted files: 2 (reg: 1, dir: 1)
                Number of regular files transferred: 1234567
                Total file size: 99 bytes
                Total transferred file size: 7654321 bytes
                """;

        DirectoryReport report = report(0, statistics, "");

        assertThat(report.result()).isEqualTo(Result.SYNCED);
        assertThat(report.counts()).isEqualTo(new Counts(1234567, 7654321, 2));
        assertThat(report.note()).isEmpty();
    }

    @Test
    void takesVanishedFilesForNormalOnALivingSystem() throws Exception {
        assertThat(report(24, "", "file has vanished: \"/x/y\"").result()).isEqualTo(Result.SYNCED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "23 | rsync: [receiver] mkstemp failed: No space left | not everything was copied: rsync: [receiver] mkstemp",
                "11 | rsync: write failed: No space left on device | No space left on device",
                "5 | @ERROR: Unknown module 'x' | the peer does not take this directory; pair again",
                "5 | @ERROR: chroot failed | the peer does not have this directory",
                "5 | @ERROR: max connections reached | the peer's rsync says: max connections reached"
            })
    void failsTheOneDirectory(int exitCode, String errors, String note) throws Exception {
        DirectoryReport report = report(exitCode, "", errors);

        assertThat(report.result()).isEqualTo(Result.FAILED);
        assertThat(report.note()).contains(note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | pbx-ha sync: refused: this node is active | REFUSED_BY_PEER | refuses: this node is active",
                "255 | Host key verification failed. | HOST_KEY_MISMATCH | not pinned",
                "255 | root@10.0.0.2: Permission denied (publickey). | KEY_REFUSED | refuses the sync key",
                "255 | ssh: connect to host 10.0.0.2 port 22: No route to host | UNREACHABLE | No route to host",
                "12 | Timeout, server 10.0.0.2 not responding. | UNREACHABLE | not responding",
                "30 | rsync error: timeout in data send/receive (code 30) | UNREACHABLE | stopped answering",
                "12 | rsync: connection unexpectedly closed (123 bytes received so far) | UNREACHABLE | was lost",
                "5 | rsync: did not see server greeting | FORCED_COMMAND_FAILED | did not start rsync's daemon"
            })
    void endsTheRunWhenTheWayToThePeerIsInTrouble(int exitCode, String errors, String reason, String message) {
        assertThatThrownBy(() -> report(exitCode, "", errors))
                .isInstanceOfSatisfying(
                        SshException.class, e -> assertThat(e.reason()).hasToString(reason))
                .hasMessageContaining("root@10.0.0.2 port 22 ")
                .hasMessageContaining(message);
    }

    private static DirectoryReport report(int exitCode, String output, String errors) throws SshException {
        Outcome outcome = new Outcome(exitCode, output, errors, false, Duration.ofSeconds(1));
        return new RsyncOutcome(TARGET, Path.of("/x"), outcome).report();
    }
}
