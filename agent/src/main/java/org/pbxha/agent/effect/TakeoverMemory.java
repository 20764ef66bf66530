// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which once-per-takeover steps have succeeded in the current epoch. Kept in a file, because the agent may be killed
 * between such a step and the end of the run: first line the epoch, then one step a line.
 */
public final class TakeoverMemory {
    private static final Logger LOG = LoggerFactory.getLogger(TakeoverMemory.class);

    private final Path file;
    private final Set<String> steps = new LinkedHashSet<>();
    private long epoch = -1;

    /** A memory that is kept in this file, which need not exist. One that cannot be read is forgotten: a step is repeated then. */
    public TakeoverMemory(Path file) {
        this.file = file;
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            epoch = Long.parseLong(lines.get(0));
            steps.addAll(lines.subList(1, lines.size()));
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not there yet", file);
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            LOG.warn("{} cannot be read ({}); once-per-takeover steps may be repeated", file, e.toString());
        }
    }

    synchronized boolean has(long inEpoch, String step) {
        return inEpoch == epoch && steps.contains(step);
    }

    synchronized void remember(long inEpoch, String step) {
        if (inEpoch != epoch) {
            steps.clear();
            epoch = inEpoch;
        }
        steps.add(step);
        String text = epoch + "\n" + String.join("\n", steps) + "\n";
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8), FileAccess.PRIVATE);
        } catch (IOException e) {
            // A full disk: as long as this agent lives it still knows.
            LOG.warn("{} cannot be written ({}); after a restart of the agent '{}' may be repeated", file, e, step);
        }
    }
}
