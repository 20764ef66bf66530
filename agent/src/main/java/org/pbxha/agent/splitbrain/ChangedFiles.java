// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.pbxha.agent.log.PlainText;

/**
 * Looks for files that have changed since a moment, by the time of their last change of status: unlike that of their content,
 * nobody can set it back, and neither a copy nor a rename brings an old one along.
 */
public final class ChangedFiles extends SimpleFileVisitor<Path> {
    private static final int SHOWN = 8;

    private final Instant since;
    private final int most;
    private final long endNanos;
    private final PriorityQueue<Found> newest = new PriorityQueue<>(Comparator.comparing(Found::changed));
    private final List<String> problems = new ArrayList<>();
    private long seen;
    private long count;

    private record Found(Instant changed, String path) {}

    private ChangedFiles(Instant since, int most, Duration limit) {
        this.since = since;
        this.most = most;
        this.endNanos = System.nanoTime() + limit.toNanos();
    }

    /**
     * Looks below directories; one that is not there has no files. Symbolic links are looked at and not followed.
     *
     * @param most how many files and directories are looked at, at most
     * @param limit how long it may take
     */
    public static Writes.Paths since(Instant since, List<Path> directories, int most, Duration limit) {
        ChangedFiles look = new ChangedFiles(since, most, limit);
        for (Path directory : directories) {
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                look.walk(directory);
            }
        }
        return look.found();
    }

    private void walk(Path directory) {
        try {
            Files.walkFileTree(directory, this);
        } catch (IOException e) {
            problems.add(PlainText.line(directory + ": " + e));
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return goOn();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        FileTime changed;
        try {
            changed = (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            // It has just gone.
            return visitFileFailed(file, e);
        }
        if (changed.toInstant().isAfter(since)) {
            count++;
            newest.add(new Found(changed.toInstant(), PlainText.line(file.toString())));
            if (newest.size() > SHOWN) {
                newest.remove();
            }
        }
        return goOn();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException error) {
        problems.add(PlainText.line(file + ": " + error));
        return goOn();
    }

    private FileVisitResult goOn() {
        seen++;
        return seen <= most && System.nanoTime() - endNanos < 0 ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    private Writes.Paths found() {
        List<Found> last = new ArrayList<>(newest);
        last.sort(Collections.reverseOrder(Comparator.comparing(Found::changed)));
        List<String> told = new ArrayList<>(problems.subList(0, Math.min(SHOWN, problems.size())));
        if (seen > most) {
            told.add("only the first " + most + " files were looked at");
        } else if (System.nanoTime() - endNanos >= 0) {
            told.add("the time was over before all files had been looked at");
        }
        return new Writes.Paths(since, count, last.stream().map(Found::path).toList(), String.join("; ", told));
    }
}
