// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.state.Meeting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports in a directory: the open one in {@code open.json}, older ones beside it, each named by its first meeting. */
public final class SplitBrainStore {
    private static final Logger LOG = LoggerFactory.getLogger(SplitBrainStore.class);
    private static final String OPEN = "open.json";

    private final Path directory;

    /** Reports kept in a directory, which need not exist. */
    public SplitBrainStore(Path directory) {
        this.directory = directory;
    }

    /** The open report; empty when there is none, or none that can be read. */
    Optional<SplitBrain> open() {
        return read(directory.resolve(OPEN));
    }

    void write(SplitBrain open) throws IOException {
        put(directory.resolve(OPEN), open);
    }

    /** Puts the open report among the older ones, unless it is there with its acceptance. */
    void close(SplitBrain closed) throws IOException {
        if (!accepted(closed.last())) {
            put(archived(closed), closed);
        }
        AtomicFile.delete(directory.resolve(OPEN));
    }

    /** Keeps an accepted report while the open one still stands. */
    void keep(SplitBrain accepted) throws IOException {
        put(archived(accepted), accepted);
    }

    /** Where a report is kept when it is closed. */
    Path archived(SplitBrain report) {
        return directory.resolve(report.meetings().get(0).met().toString().replace(':', '-') + ".json");
    }

    /** Whether an operator has accepted the consequences of a meeting. */
    boolean accepted(Meeting meeting) {
        return older().stream().anyMatch(report -> report.acceptance() != null && report.has(meeting));
    }

    /** The older reports, oldest first. */
    List<SplitBrain> older() {
        List<SplitBrain> reports = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
                for (Path file : files) {
                    if (!file.endsWith(OPEN)) {
                        read(file).ifPresent(reports::add);
                    }
                }
            } catch (IOException e) {
                LOG.warn("older split-brain reports cannot be read in {}: {}", directory, e.toString());
            }
        }
        reports.sort(Comparator.comparing(report -> report.meetings().get(0).met()));
        return reports;
    }

    private static void put(Path file, SplitBrain report) throws IOException {
        AtomicFile.makeDirectory(file.resolveSibling("."), "rwx------");
        AtomicFile.write(file, (LinkJson.write(report) + "\n").getBytes(UTF_8), FileAccess.PRIVATE);
    }

    private static Optional<SplitBrain> read(Path file) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            SplitBrain report = LinkJson.read(Files.readString(file), SplitBrain.class);
            return report.meetings().isEmpty() ? Optional.empty() : Optional.of(report);
        } catch (IOException e) {
            LOG.warn("the split-brain report {} cannot be read ({}) and counts for nothing", file, e.toString());
            return Optional.empty();
        }
    }
}
