// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.state.NodeState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event journal: one JSON object a line, appended; at its size limit the file moves aside and the one before it is
 * dropped. A line that cannot be written is said in the log and is no reason to stop.
 */
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SIZE_LIMIT = 4L << 20;

    private final Path file;

    /** The journal kept in this file, and in {@code FILE.1} beside it. */
    public Journal(Path file) {
        this.file = file;
    }

    /** Appends one entry. */
    public synchronized void append(JournalEntry entry) {
        try {
            if (Files.exists(file) && Files.size(file) > SIZE_LIMIT) {
                Files.move(file, older(), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(
                    file, JSON.writeValueAsString(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.warn("the journal {} lost a line ({}): {}", file, e.getMessage(), entry);
        }
    }

    /** Appends an entry that no rule wrote. */
    public void note(String event, ServiceState service, long epoch, String text) {
        append(new JournalEntry(now(), event, service.name().toLowerCase(Locale.ROOT), epoch, 0, text));
    }

    /** Appends what a rule decided. */
    public void decision(NodeState node, String text) {
        ServiceState service = node.state().service();
        append(new JournalEntry(
                now(),
                "decision",
                service.name().toLowerCase(Locale.ROOT),
                node.state().epoch(),
                node.row(),
                text));
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /**
     * The last entries, oldest first. Lines that are torn are left out.
     *
     * @throws IOException when the file is there and cannot be read
     */
    public List<JournalEntry> last(int count) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        for (Path part : List.of(older(), file)) {
            if (Files.exists(part)) {
                for (String line : Files.readAllLines(part)) {
                    parse(line, entries);
                }
            }
        }
        return List.copyOf(entries.subList(Math.max(0, entries.size() - count), entries.size()));
    }

    private static void parse(String line, List<JournalEntry> entries) {
        try {
            entries.add(JSON.readValue(line, JournalEntry.class));
        } catch (JsonProcessingException e) {
            LOG.debug("a torn line of the journal was left out", e);
        }
    }

    private Path older() {
        return file.resolveSibling(file.getFileName() + ".1");
    }
}
