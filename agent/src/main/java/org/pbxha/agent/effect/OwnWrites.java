// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.splitbrain.ChangedFiles;
import org.pbxha.agent.splitbrain.SplitBrain;
import org.pbxha.agent.splitbrain.Writes;
import org.pbxha.agent.state.Meeting;
import org.pbxha.sync.postgres.ReplicationException;
import org.pbxha.sync.postgres.WrittenRows;

/** Tells what this node has written that its peer does not have. Takes at most a minute. */
public final class OwnWrites implements Function<SplitBrain, Writes> {
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(30);
    private static final Duration FILES_LIMIT = Duration.ofSeconds(20);
    private static final int MOST_FILES = 500_000;
    private static final int TABLES_SHOWN = 20;
    private static final int UNTOLD_SHOWN = 3;

    private final Role role;
    private final Optional<NodeDatabase> database;
    private final List<Path> directories;
    private final LastCopies copies;

    /**
     * This node's writes.
     *
     * @param directories what sync copies
     */
    public OwnWrites(Role role, Optional<NodeDatabase> database, List<Path> directories, LastCopies copies) {
        this.role = role;
        this.database = database;
        this.directories = List.copyOf(directories);
        this.copies = copies;
    }

    @Override
    public Writes apply(SplitBrain report) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant since = copies.sync().orElseGet(() -> began(report.meetings().get(0)));
        return new Writes(now, rows(), ChangedFiles.since(since, directories, MOST_FILES, FILES_LIMIT));
    }

    /** Files arrive on a slave without its agent, which does not know the last sync; but nobody wrote before it served. */
    private Instant began(Meeting meeting) {
        Instant served = meeting.slave().since();
        return role == Role.SLAVE && served != null ? served : meeting.from();
    }

    private Writes.Rows rows() {
        if (database.isEmpty()) {
            return Writes.Rows.unknown("the profile names no database");
        }
        return copies.replication()
                .map(last -> rows(database.get(), last))
                .orElseGet(() ->
                        Writes.Rows.unknown("nothing has been replicated yet, or the last replication was cut off"));
    }

    private static Writes.Rows rows(NodeDatabase database, LastCopies.Replication last) {
        try {
            return rows(last.at(), WrittenRows.since(database, database.selection(), last.baseline(), DATABASE_LIMIT));
        } catch (ReplicationException e) {
            return Writes.Rows.unknown(String.valueOf(e.getMessage()));
        }
    }

    private static Writes.Rows rows(Instant since, WrittenRows rows) {
        List<Writes.Table> tables = rows.tables().stream()
                .map(table -> new Writes.Table(table.name(), table.written(), table.gone()))
                .sorted(Comparator.comparingLong((Writes.Table table) -> table.written() + table.gone())
                        .reversed())
                .toList();
        List<String> untold = rows.untold();
        String more = untold.size() > UNTOLD_SHOWN ? "; and " + (untold.size() - UNTOLD_SHOWN) + " more tables" : "";
        return new Writes.Rows(
                since,
                tables.stream().mapToLong(Writes.Table::written).sum(),
                tables.stream().mapToLong(Writes.Table::gone).sum(),
                tables.subList(0, Math.min(TABLES_SHOWN, tables.size())),
                tables.size(),
                String.join("; ", untold.subList(0, Math.min(UNTOLD_SHOWN, untold.size()))) + more);
    }
}
