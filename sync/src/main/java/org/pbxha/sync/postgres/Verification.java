// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;

/**
 * What the replicated tables of a database hold, without the rows themselves: two databases with the same fingerprints have
 * the same rows.
 *
 * @param tables by name
 * @param later tables that have been written to since a baseline; empty when none was given
 */
public record Verification(Map<String, Table> tables, Set<String> later) {
    /**
     * One table.
     *
     * @param rows how many
     * @param sum of a hash of each row's text, modulo 2 to the power of 64
     */
    public record Table(long rows, long sum) {}

    public Verification {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
        later = Collections.unmodifiableSet(new TreeSet<>(later));
    }

    /**
     * Reads every row of every replicated table, in one transaction that writes nothing.
     *
     * @param baseline tables written since then are told apart; empty tells none
     * @throws ReplicationException when the database cannot be read
     * @throws CancelledException when cancelled
     */
    public static Verification read(
            ConnectionSource source, Selection selection, Optional<Baseline> baseline, Cancellation cancellation)
            throws ReplicationException, CancelledException {
        cancellation.check();
        try (Connection connection = source.open()) {
            DatabaseAbort abort = new DatabaseAbort(connection, cancellation);
            try {
                return read(connection, selection, baseline);
            } finally {
                abort.finish();
            }
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.explain(e, "reading the tables");
        }
    }

    private static Verification read(Connection connection, Selection selection, Optional<Baseline> baseline)
            throws SQLException, ReplicationException {
        Sql.prepare(connection);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        Optional<RowAges> ages = baseline.isPresent() ? RowAges.since(connection, baseline.get()) : Optional.empty();
        Map<String, Table> tables = new TreeMap<>();
        Set<String> later = new TreeSet<>();
        for (Manifest.Table table : new Catalogue(connection, selection).read().tables()) {
            TableSql sql = new TableSql(selection.schema(), table);
            Fingerprint.Value value = Fingerprint.read(connection, sql.copyOut());
            tables.put(table.name(), new Table(value.rows(), value.sum()));
            if (ages.isPresent()
                    && isLater(
                            ages.get().count(sql.from()), baseline.get().rows().get(table.name()))) {
                later.add(table.name());
            }
        }
        connection.commit();
        return new Verification(tables, later);
    }

    private static boolean isLater(RowAges.Count count, @Nullable Long then) {
        return then == null || count.later() > 0 || count.rows() != then;
    }

    /** The tables in which another database differs, sorted; a table that only one of them has differs. */
    public Set<String> differences(Verification other) {
        Set<String> differ = new TreeSet<>(tables.keySet());
        differ.addAll(other.tables.keySet());
        differ.removeIf(table -> {
            Table here = tables.get(table);
            return here != null && here.equals(other.tables.get(table));
        });
        return differ;
    }
}
