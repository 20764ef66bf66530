// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.sync.postgres.Baseline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node and its peer had in common last: the base from which each tells what it alone has written. A file that
 * cannot be written leaves an older base, from which more seems to be written; none at all is said to be none.
 */
public final class LastCopies {
    private static final Logger LOG = LoggerFactory.getLogger(LastCopies.class);

    private final Path database;
    private final Path files;

    /**
     * Kept in two files, which need not exist.
     *
     * @param database of the last replication, sent or received
     * @param files of the last sync, sent
     */
    public LastCopies(Path database, Path files) {
        this.database = database;
        this.files = files;
    }

    /**
     * The last replication.
     *
     * @param at when the snapshot was taken, or had been applied
     * @param generation the same on both nodes, and another one for each replication
     * @param baseline that moment in the database of this node
     */
    public record Replication(Instant at, String generation, Baseline baseline) {}

    /** The last sync; when it began. */
    record Sync(Instant began) {}

    Optional<Replication> replication() {
        return Optional.ofNullable(read(database, Replication.class));
    }

    void replicated(Replication replication) {
        write(database, replication);
    }

    /** Until a replication has ended one way or the other, nobody can tell what the rows are. */
    void replicationBegins() {
        try {
            AtomicFile.delete(database);
        } catch (IOException e) {
            // No reason to copy nothing: at worst more seems to be written than was.
            LOG.warn("{} cannot be removed: {}", database, e.toString());
        }
    }

    Optional<Instant> sync() {
        return Optional.ofNullable(read(files, Sync.class)).map(Sync::began);
    }

    void synced(Instant began) {
        write(files, new Sync(began));
    }

    private static void write(Path file, Object value) {
        try {
            AtomicFile.write(file, (LinkJson.write(value) + "\n").getBytes(UTF_8), FileAccess.PRIVATE);
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be written ({}); after a split brain more seems to be written than was",
                    file,
                    e.toString());
        }
    }

    private static <T> @Nullable T read(Path file, Class<T> type) {
        if (Files.notExists(file)) {
            return null;
        }
        try {
            return LinkJson.read(Files.readString(file), type);
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be read ({}); until the next copy nobody can tell what is written here",
                    file,
                    e.toString());
            return null;
        }
    }
}
