// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.files.DirectoryReport.Counts;
import org.pbxha.sync.files.DirectoryReport.Result;
import org.pbxha.sync.ssh.SshException;
import org.pbxha.sync.ssh.SshException.Reason;

@SuppressWarnings("NullAway.Init")
class FileSyncIT {
    @TempDir
    private Path directory;

    private SyncPair pair;

    @BeforeEach
    void startPair() throws Exception {
        pair = new SyncPair(directory);
        // Same size and same second: only the fraction of the second tells that the content differs.
        Files.setLastModifiedTime(pair.write("here/a", "new"), FileTime.fromMillis(1_600_000_000_200L));
        Files.setLastModifiedTime(pair.write("there/a", "old"), FileTime.fromMillis(1_600_000_000_100L));
        pair.write("there/gone", "x");
    }

    @AfterEach
    void stopPair() {
        if (pair != null) {
            pair.close();
        }
    }

    @Test
    void copiesFilesWithModesOwnersTimesAndLinksAsTheyAre() throws Exception {
        Path script = pair.write("here/sub/script", "#!/bin/sh");
        Files.setAttribute(script, "unix:mode", 04750);
        Files.setAttribute(script, "unix:uid", 4711);
        Files.setAttribute(script, "unix:gid", 4712);
        Files.setLastModifiedTime(script, FileTime.from(Instant.ofEpochSecond(1_000_000_000)));
        Files.createSymbolicLink(pair.here().resolve("absolute"), Path.of("/nowhere/file"));
        Files.createSymbolicLink(pair.here().resolve("outwards"), Path.of("../../elsewhere"));

        FileSyncReport report = pair.sync();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.directories()).singleElement().satisfies(one -> {
            assertThat(one.directory()).isEqualTo(pair.here());
            assertThat(one.result()).isEqualTo(Result.SYNCED);
            assertThat(one.counts()).isEqualTo(new Counts(2, 12, 1));
        });
        Path copy = pair.there().resolve("sub/script");
        assertThat(Files.readAttributes(copy, "unix:mode,uid,gid,lastModifiedTime"))
                .isEqualTo(Files.readAttributes(script, "unix:mode,uid,gid,lastModifiedTime"))
                .containsEntry("uid", 4711);
        assertThat(Files.readSymbolicLink(pair.there().resolve("absolute"))).isEqualTo(Path.of("/nowhere/file"));
        assertThat(Files.readSymbolicLink(pair.there().resolve("outwards"))).isEqualTo(Path.of("../../elsewhere"));
        assertThat(pair.there().resolve("a")).hasContent("new");
        assertThat(pair.there().resolve("gone")).doesNotExist();
    }

    @Test
    void keepsOwnersByNameThoughThePeerNumbersThemDifferently() throws Exception {
        pair.convertNames(
                "while read -r kind key; do case $kind:$key in usr:games) echo 54321 ;; grp:games) echo 54322 ;;"
                        + " *) echo ;; esac; done");
        Path file = pair.here().resolve("a");
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("games"));
        Files.setAttribute(
                file,
                "posix:group",
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName("games"));

        assertThat(pair.sync().succeeded()).isTrue();

        assertThat(Files.getAttribute(pair.there().resolve("a"), "unix:uid")).isEqualTo(54321);
        assertThat(Files.getAttribute(pair.there().resolve("a"), "unix:gid")).isEqualTo(54322);
    }

    @Test
    void leavesTheDirectoriesAboveOnThePeerAlone() throws Exception {
        Files.setAttribute(pair.here().resolveSibling("."), "unix:mode", 0700);
        Path above = pair.there().resolveSibling(".").toRealPath();
        Files.setAttribute(pair.here(), "unix:mode", 0711);
        Files.setAttribute(above, "unix:mode", 0755);

        pair.sync();

        assertThat((Integer) Files.getAttribute(above, "unix:mode") & 07777).isEqualTo(0755);
        assertThat((Integer) Files.getAttribute(pair.there(), "unix:mode") & 07777)
                .isEqualTo(0711);
    }

    @Test
    void skipsADirectoryThatIsMissingHereAndLeavesThePeersCopy() throws Exception {
        Path absent = pair.here().resolveSibling("absent");

        FileSyncReport report = pair.sync(SyncDirectory.of(absent.toString()), new SyncDirectory(pair.here()));

        assertThat(report.succeeded()).isTrue();
        assertThat(report.directories())
                .extracting(DirectoryReport::result)
                .containsExactly(Result.MISSING_HERE, Result.SYNCED);
    }

    @Test
    void goesOnAfterADirectoryThatThePeerDoesNotTake() throws Exception {
        Path unpaired = Files.createDirectory(pair.here().resolveSibling("unpaired"));

        FileSyncReport report = pair.sync(new SyncDirectory(unpaired), new SyncDirectory(pair.here()));

        assertThat(report.succeeded()).isFalse();
        assertThat(report.directories().get(0).note()).contains("the peer does not take this directory");
        assertThat(report.directories().get(1).result()).isEqualTo(Result.SYNCED);
    }

    @Test
    void saysThatThePeerDoesNotHaveTheDirectory() throws Exception {
        pair.moveThereAway();

        DirectoryReport report = pair.sync().directories().get(0);

        assertThat(report.result()).isEqualTo(Result.FAILED);
        assertThat(report.note()).contains("the peer does not have this directory");
    }

    @Test
    void quotesTheRefusalOfAnActivePeerAndChangesNothing() throws Exception {
        pair.forceCommand("echo 'pbx-ha sync: refused: this node is active since 02:13' >&2; exit 4");

        fails(Reason.REFUSED_BY_PEER, "refuses: this node is active since 02:13");
        assertThat(pair.there().resolve("a")).hasContent("old");
    }

    @Test
    void tellsApartWhatIsWrongOnTheWay() throws Exception {
        pair.forceCommand("exit 1");
        fails(Reason.FORCED_COMMAND_FAILED, "did not start rsync's daemon");
        pair.forgetKey();
        fails(Reason.KEY_REFUSED, "refuses the sync key");
        pair.forgetHost();
        fails(Reason.HOST_KEY_MISMATCH, "not pinned");
        pair.close();
        fails(Reason.UNREACHABLE, "cannot be reached");
    }

    @Test
    void stopsAtTheTimeLimit() throws Exception {
        pair.forceCommand("exec sleep 60");

        FileSyncReport report =
                pair.sync(Duration.ofSeconds(2), new SyncDirectory(pair.here()), new SyncDirectory(pair.here()));

        assertThat(report.took()).isLessThan(Duration.ofSeconds(20));
        assertThat(report.directories())
                .extracting(DirectoryReport::note)
                .containsExactly("stopped: the time limit was over", "not begun: the time limit was over");
    }

    @Test
    void cancellationStopsAWaitingTransferAtOnce() throws Exception {
        pair.forceCommand("touch " + directory.resolve("begun") + "; exec sleep 60");
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> {
            try {
                FileSync.run(pair.request(Duration.ofMinutes(1), new SyncDirectory(pair.here())), cancellation);
                return new AssertionError("not cancelled");
            } catch (Exception e) {
                return e;
            }
        });
        await().until(() -> Files.exists(directory.resolve("begun")));

        cancellation.cancel("takeover");

        await().atMost(Duration.ofSeconds(5)).until(end::isDone);
        assertThat(end.get()).isInstanceOf(CancelledException.class);
        assertThat(pair.there().resolve("gone")).exists();
    }

    @Test
    void makesTheDirectoriesThatThePeerDoesNotHave() throws Exception {
        Path made = directory.resolve("x/y");

        assertThat(RsyncModules.createMissing(List.of(new SyncDirectory(made), new SyncDirectory(pair.there()))))
                .containsExactly(made);
        assertThat(made).isDirectory();
    }

    private void fails(Reason reason, String words) {
        assertThatThrownBy(() -> pair.sync())
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        SshException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
