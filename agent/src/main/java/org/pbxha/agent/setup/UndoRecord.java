// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.setup.UndoEntry.Entries;

/**
 * What setup has done to this node and how to take it back, in a file that only root can read. An entry is on the disk
 * before its change is made and goes when it is undone, so a node can be brought back after an interruption anywhere.
 */
public final class UndoRecord {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path file;
    private final Map<String, Undo> ways;

    /**
     * A record; nothing is read yet.
     *
     * @param file need not exist
     * @param ways the way back by kind of change
     */
    public UndoRecord(Path file, Map<String, Undo> ways) {
        this.file = file;
        this.ways = Map.copyOf(ways);
    }

    /** Whether there is nothing to undo. */
    public boolean isEmpty() throws IOException {
        return read().isEmpty();
    }

    /**
     * Takes everything back, the last change first. One that fails does not hold up the others; it stays in the record.
     *
     * @param progress gets one line after each
     * @throws SetupException when something could not be undone
     */
    public void undoAll(Consumer<String> progress) throws IOException, SetupException {
        List<String> failures = new ArrayList<>();
        List<UndoEntry> entries = read();
        for (int i = entries.size() - 1; i >= 0; i--) {
            UndoEntry entry = entries.get(i);
            try {
                progress.accept(undo(entry));
                remove(entry);
            } catch (IOException e) {
                failures.add(entry.id() + ": " + e.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw new SetupException(
                    "not undone: " + String.join("; ", failures), "mend it and run again: pbx-ha setup disable", null);
        }
    }

    boolean isUnfinished(Change change) throws IOException {
        return read().stream().anyMatch(entry -> entry.id().equals(change.id()) && !entry.finished());
    }

    /** Writes down how it is now; of a change that is in the record already, the first such note is kept. */
    void begin(Change change) throws IOException {
        if (!ways.containsKey(UndoEntry.kind(change.id()))) {
            throw new IllegalStateException("nobody could undo: " + change.id());
        }
        List<UndoEntry> entries = read();
        int at = find(entries, change.id());
        if (at < 0) {
            AtomicFile.makeDirectory(file.toAbsolutePath().resolveSibling("."), "rwx------");
            entries.add(UndoEntry.begun(change.id(), change.before(), change.mark()));
        } else {
            entries.set(at, entries.get(at).begunAgain(change.mark()));
        }
        write(entries);
    }

    void finish(Change change) throws IOException {
        List<UndoEntry> entries = read();
        int at = find(entries, change.id());
        entries.set(at, entries.get(at).done());
        write(entries);
    }

    private String undo(UndoEntry entry) throws IOException {
        Undo way = ways.get(UndoEntry.kind(entry.id()));
        if (way == null) {
            throw new IOException("this version of pbx-ha does not know how to undo it");
        }
        return way.undo(UndoEntry.subject(entry.id()), entry.memory());
    }

    private void remove(UndoEntry undone) throws IOException {
        List<UndoEntry> entries = read();
        entries.removeIf(entry -> entry.id().equals(undone.id()));
        if (entries.isEmpty()) {
            AtomicFile.delete(file);
        } else {
            write(entries);
        }
    }

    private static int find(List<UndoEntry> entries, String id) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private List<UndoEntry> read() throws IOException {
        try {
            return new ArrayList<>(
                    MAPPER.readValue(Files.readAllBytes(file), Entries.class).changes());
        } catch (NoSuchFileException e) {
            return new ArrayList<>();
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file + " cannot be read: " + e.getOriginalMessage()
                            + "; it says how to undo what setup has done: repair it, or move it away to go on without",
                    e);
        }
    }

    private void write(List<UndoEntry> entries) throws IOException {
        AtomicFile.write(file, MAPPER.writeValueAsString(new Entries(entries)).getBytes(UTF_8), FileAccess.PRIVATE);
    }
}
