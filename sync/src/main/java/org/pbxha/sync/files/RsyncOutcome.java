// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pbxha.sync.files.DirectoryReport.Counts;
import org.pbxha.sync.files.DirectoryReport.Result;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.ssh.Refusal;
import org.pbxha.sync.ssh.SshException;
import org.pbxha.sync.ssh.SshException.Reason;
import org.pbxha.sync.ssh.SshTarget;

/**
 * Reads how one rsync ended: what concerns the way to the peer is an exception and ends the run, what concerns the one
 * directory is a report. Exit codes are in rsync(1); the sentences are those of OpenSSH and rsync in the C locale.
 */
final class RsyncOutcome {
    private static final int VANISHED = 24;
    private static final int PARTIAL = 23;
    private static final List<Integer> STALLED = List.of(30, 35);
    private static final List<Integer> CONNECTION_LOST = List.of(10, 12, 255);
    private static final int NOT_STARTED = 5;

    private static final Pattern DAEMON_ERROR = Pattern.compile("(?m)^@ERROR: (.*)$");

    private final SshTarget target;
    private final Path directory;
    private final Outcome outcome;

    RsyncOutcome(SshTarget target, Path directory, Outcome outcome) {
        this.target = target;
        this.directory = directory;
        this.outcome = outcome;
    }

    /** The report of this directory, or the reason why no directory can be synced now. */
    DirectoryReport report() throws SshException {
        if (outcome.timedOut()) {
            return failed("stopped: the time limit was over");
        }
        Optional<SshException> trouble = outcome.exitCode() == 0 ? Optional.empty() : connectionTrouble();
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return switch (outcome.exitCode()) {
            case 0 -> synced("");
            case VANISHED -> synced("files that vanished while they were read were left out");
            case PARTIAL -> failed("not everything was copied: " + outcome.complaint());
            default -> failed(daemonError().orElseGet(outcome::complaint));
        };
    }

    private Optional<SshException> connectionTrouble() {
        String words = outcome.errors();
        Optional<String> refusal = Refusal.find(words);
        if (refusal.isPresent()) {
            return trouble(Reason.REFUSED_BY_PEER, "refuses: " + refusal.get());
        }
        if (words.contains("Host key verification failed") || words.contains("host key is known for")) {
            return trouble(Reason.HOST_KEY_MISMATCH, "shows a host key that is not pinned");
        }
        if (words.contains("Permission denied (")) {
            return trouble(Reason.KEY_REFUSED, "refuses the sync key");
        }
        if (daemonError().isPresent()) {
            return Optional.empty();
        }
        if (STALLED.contains(outcome.exitCode())) {
            return trouble(Reason.UNREACHABLE, "stopped answering: " + outcome.complaint());
        }
        return lostOrNotStarted(words);
    }

    private Optional<SshException> lostOrNotStarted(String words) {
        boolean ssh = words.lines()
                .anyMatch(line -> line.startsWith("ssh: ")
                        || line.startsWith("Connection ")
                        || line.startsWith("Timeout, server")
                        || line.startsWith("kex_exchange_identification")
                        || line.startsWith("client_loop: "));
        if (!ssh && (outcome.exitCode() == NOT_STARTED || words.contains("did not see server greeting"))) {
            return trouble(Reason.FORCED_COMMAND_FAILED, "did not start rsync's daemon: " + outcome.complaint());
        }
        if (ssh || CONNECTION_LOST.contains(outcome.exitCode())) {
            return trouble(Reason.UNREACHABLE, "cannot be reached, or was lost: " + outcome.complaint());
        }
        return Optional.empty();
    }

    private Optional<SshException> trouble(Reason reason, String what) {
        return Optional.of(new SshException(reason, target + " " + what, null));
    }

    /** What the daemon itself says about this module, in words of ours where we know better. */
    private Optional<String> daemonError() {
        Matcher matcher = DAEMON_ERROR.matcher(outcome.output() + "\n" + outcome.errors());
        if (!matcher.find()) {
            return Optional.empty();
        }
        String words = matcher.group(1).strip();
        if (words.startsWith("Unknown module")) {
            return Optional.of("the peer does not take this directory; pair again to bring it the present list");
        }
        if (words.startsWith("chroot failed") || words.startsWith("chdir failed")) {
            return Optional.of("the peer does not have this directory; make it there, or pair again");
        }
        return Optional.of("the peer's rsync says: " + words.replaceAll("\\p{Cntrl}", "?"));
    }

    private DirectoryReport synced(String note) {
        return new DirectoryReport(directory, Result.SYNCED, counts(), note, outcome.took());
    }

    private DirectoryReport failed(String note) {
        return DirectoryReport.failed(directory, note, outcome.took());
    }

    private Counts counts() {
        return new Counts(
                statistic("Number of regular files transferred"),
                statistic("Total transferred file size"),
                statistic("Number of deleted files"));
    }

    /** One line of rsync's statistics, which are in plain numbers because we ask for them so. */
    private long statistic(String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ": (\\d+)").matcher(outcome.output());
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
