// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last two generations of the database that were replicated, kept as the streams that carried them. A generation
 * names, for each table, the part that brought it whole and those that changed it since; a part is a stretch of a file.
 */
public final class Generations {
    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".parts";

    /** A table that has been changed so often is brought whole again. */
    private static final int LONGEST_CHAIN = 24;

    private final Path directory;
    private final Path index;

    /**
     * Kept in a directory of their own, which need not exist and which only its owner can read then.
     *
     * @param directory absolute
     */
    public Generations(Path directory) {
        this.directory = directory;
        this.index = directory.resolve("index.json");
    }

    /** A part of a table's content: {@code length} bytes of a file from {@code offset} on, with so many rows or keys. */
    record Piece(String file, long offset, long length, Contents.Part part, long rows) {}

    /** The pieces that make a table, in order, and how many rows it has then. */
    record KeptTable(List<Piece> pieces, long rows, List<String> key) {}

    /** One generation; {@code at} is an ISO instant. */
    record Generation(String at, Manifest manifest, Map<String, KeptTable> tables) {}

    /** Both. */
    record Index(long number, Generation current, @Nullable Generation previous) {
        Stream<Piece> pieces() {
            return Stream.of(Optional.of(current), Optional.ofNullable(previous))
                    .flatMap(Optional::stream)
                    .flatMap(generation -> generation.tables().values().stream())
                    .flatMap(table -> table.pieces().stream());
        }
    }

    /** When the generation that {@link #previous} gives was replicated; empty when there is none. */
    public Optional<Instant> previousAt() {
        return read().map(Index::previous).map(previous -> Instant.parse(previous.at()));
    }

    /** Of some tables, those of which a change may follow what is kept. */
    public Map<String, Long> withoutLongChains(Map<String, Long> tables) {
        Map<String, Long> fit = new TreeMap<>(tables);
        Map<String, KeptTable> kept =
                read().map(found -> found.current().tables()).orElse(Map.of());
        fit.keySet().removeIf(table -> {
            KeptTable chain = kept.get(table);
            return chain == null || chain.pieces().size() >= LONGEST_CHAIN;
        });
        return fit;
    }

    /**
     * The previous generation as a snapshot that brings every table whole; to be closed.
     *
     * @return empty when there is none
     */
    public Optional<InputStream> previous() throws IOException {
        Optional<Generation> previous = read().map(Index::previous);
        return previous.isEmpty() ? Optional.empty() : Optional.of(new KeptStream(previous.get(), directory));
    }

    /** After the previous generation has been applied: it is the current one now, and the other way round. */
    public void swap() throws IOException {
        Index found = read().orElseThrow(() -> new IOException("no generation is kept in " + directory));
        Generation previous = found.previous();
        if (previous != null) {
            write(new Index(found.number(), previous, found.current()));
        }
    }

    Optional<Index> read() {
        if (Files.notExists(index)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(index.toFile(), Index.class));
        } catch (JacksonException e) {
            LOG.warn("{} cannot be read; nothing is kept of earlier replications: {}", index, e.getOriginalMessage());
        } catch (IOException e) {
            LOG.warn("{} cannot be read; nothing is kept of earlier replications: {}", index, e.toString());
        }
        return Optional.empty();
    }

    void write(Index fresh) throws IOException {
        AtomicFile.write(index, JSON.writeValueAsBytes(fresh), AtomicFile.PRIVATE);
        removeUnused(fresh);
    }

    void createDirectory() throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Nothing is kept any more: what there was does not lead to what the database holds now. */
    void forget() {
        try {
            Files.deleteIfExists(index);
            removeFiles(Set.of());
        } catch (IOException e) {
            LOG.warn("{} cannot be tidied up: {}", directory, e.toString());
        }
    }

    private void removeUnused(Index fresh) throws IOException {
        Set<String> used = new HashSet<>();
        fresh.pieces().map(Piece::file).forEach(used::add);
        removeFiles(used);
    }

    private void removeFiles(Set<String> except) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(SUFFIX) && !except.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    Path file(long number) {
        return directory.resolve(number + SUFFIX);
    }
}
