// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.profile.Profile;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.SyncException;
import org.pbxha.sync.files.DirectoryReport;
import org.pbxha.sync.files.FileSync;
import org.pbxha.sync.files.FileSyncReport;
import org.pbxha.sync.files.FileSyncRequest;
import org.pbxha.sync.files.SyncDirectory;
import org.pbxha.sync.ssh.SshException;
import org.pbxha.sync.ssh.SshTarget;

/** The master's half of sync: its directories to the slave. */
public final class FilesToPeer implements Supplier<JobOutcome> {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofMinutes(55);

    private final SshTarget slave;
    private final List<SyncDirectory> directories;
    private final Supplier<String> refusal;
    private final LastCopies copies;

    /**
     * Copies the directories of the profile and of the configuration.
     *
     * @param keys directory of the sync key and of the pinned host keys
     * @param refusal why nothing may be copied now; empty when it may
     * @param copies remembers what both nodes have in common then
     */
    public FilesToPeer(Settings settings, Profile profile, Path keys, Supplier<String> refusal, LastCopies copies) {
        this.slave = new SshTarget(
                settings.peerAddress().getHostAddress(),
                settings.ssh().port(),
                "root",
                keys.resolve("id_ed25519"),
                keys.resolve("known_hosts"));
        this.directories =
                directories(settings, profile).stream().map(SyncDirectory::new).toList();
        this.refusal = refusal;
        this.copies = copies;
    }

    /** What is copied: the directories of the profile and of the configuration. */
    public static List<Path> directories(Settings settings, Profile profile) {
        return Stream.concat(profile.directories().stream(), settings.sync().extraDirectories().stream())
                .distinct()
                .toList();
    }

    @Override
    public JobOutcome get() {
        String no = refusal.get();
        if (!no.isEmpty()) {
            return new JobOutcome(ExitCode.REFUSED, "files were not copied: " + no);
        }
        Instant began = Instant.now();
        try {
            FileSyncReport report =
                    FileSync.run(new FileSyncRequest(slave, directories, CONNECT, STALL, LIMIT), new Cancellation());
            if (report.succeeded()) {
                copies.synced(began);
            }
            return outcome(report);
        } catch (SshException e) {
            boolean refused = e.reason() == SshException.Reason.REFUSED_BY_PEER;
            return failed(refused ? ExitCode.REFUSED : ExitCode.FAILED, e);
        } catch (SyncException e) {
            return failed(ExitCode.FAILED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new JobOutcome(ExitCode.FAILED, "files were not copied: the agent is stopping");
        }
    }

    private static JobOutcome failed(int code, SyncException e) {
        return new JobOutcome(code, "files were not copied: " + e.getMessage() + "; " + e.hint());
    }

    private static JobOutcome outcome(FileSyncReport report) {
        long files = report.directories().stream()
                .mapToLong(directory -> directory.counts().files())
                .sum();
        long bytes = report.directories().stream()
                .mapToLong(directory -> directory.counts().bytes())
                .sum();
        long deleted = report.directories().stream()
                .mapToLong(directory -> directory.counts().deleted())
                .sum();
        String notes = report.directories().stream()
                .filter(directory -> !directory.note().isEmpty())
                .map(FilesToPeer::note)
                .collect(Collectors.joining());
        String text = "files copied: %d directories, %d files changed (%d bytes), %d removed, in %.1f s%s"
                .formatted(
                        report.directories().size(),
                        files,
                        bytes,
                        deleted,
                        report.took().toMillis() / 1000.0,
                        notes);
        return report.succeeded()
                ? new JobOutcome(ExitCode.OK, text)
                : new JobOutcome(ExitCode.FAILED, "files were not wholly copied: " + text);
    }

    private static String note(DirectoryReport directory) {
        return "; " + directory.directory() + ": " + directory.note();
    }
}
