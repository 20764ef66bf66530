// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pbxha.sync.postgres.Contents.Content;
import org.pbxha.sync.postgres.Contents.Part;

/**
 * Decides what of each table is sent. A table that neither node has touched since both had the same rows is left out; of a
 * large one with few changes only the changed rows are sent; every other one is sent whole.
 */
final class ContentChoice {
    /** Below, the rows take less time than telling them apart. */
    private static final long SMALL = 2_000;

    /** With more changes than one row in so many the whole table takes less time. */
    private static final long FEW = 20;

    private final Replica replica;
    private final String schema;
    private final Map<String, List<String>> keys;
    private final Optional<RowAges> ages;

    /** Chooses in the transaction that is then sent. */
    ContentChoice(Connection connection, String schema, Replica replica) throws SQLException {
        this.replica = replica;
        this.schema = schema;
        this.keys = PrimaryKeys.read(connection, schema);
        this.ages = replica.baseline().isPresent()
                ? RowAges.since(connection, replica.baseline().get())
                : Optional.empty();
    }

    Contents of(Manifest manifest) throws SQLException {
        Map<String, Content> contents = new TreeMap<>();
        for (Manifest.Table table : manifest.tables()) {
            contents.put(table.name(), of(table));
        }
        return new Contents(contents);
    }

    /** A condition on rows of the table {@code t} that are to be sent as changed ones. */
    String changed() {
        return ages.orElseThrow().later();
    }

    private Content of(Manifest.Table table) throws SQLException {
        Long there = replica.intact().get(table.name());
        Long then = replica.baseline().map(Baseline::rows).orElse(Map.of()).get(table.name());
        if (ages.isEmpty() || there == null || then == null || !there.equals(then)) {
            return Content.WHOLE;
        }
        RowAges.Count now = ages.get().count(Sql.from(schema, table.name(), table.partitioned()));
        if (now.later() == 0 && now.rows() == then) {
            return Content.unchanged(then);
        }
        List<String> key = key(table);
        if (key.isEmpty() || now.rows() < SMALL || now.later() * FEW > now.rows()) {
            return Content.WHOLE;
        }
        return new Content(parts(then - now.kept(), now.later()), now.rows(), key);
    }

    /**
     * An update is a row gone and a row that came later; more gone than came means that rows were deleted. When it could be
     * both, the receiver finds out by counting, and everything is sent again with keys.
     */
    private List<Part> parts(long gone, long later) {
        boolean deleted = gone > later || (gone > 0 && replica.keys());
        return deleted ? List.of(Part.ROWS, Part.KEYS) : List.of(Part.ROWS);
    }

    private List<String> key(Manifest.Table table) {
        List<String> key = keys.getOrDefault(table.name(), List.of());
        List<String> columns =
                table.columns().stream().map(Manifest.Column::name).toList();
        return columns.containsAll(key) ? key : List.of();
    }
}
