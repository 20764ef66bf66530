// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.pbxha.sync.postgres.ReplicationException.Reason;

/** Everything that is looked at on the slave before one of its tables is touched. */
final class Preflight {
    /** Tables that are replaced, and tables whose foreign keys have to be made anew: both take their owner. */
    private static final String OUT_OF_REACH = Tables.WITH_REPLICATED + """
            SELECT c.oid::regclass::text, o.rolname, current_user
            FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner
            WHERE (c.oid IN (SELECT oid FROM replicated) OR c.oid IN (
                SELECT k.conrelid FROM pg_constraint k
                WHERE k.contype = 'f' AND k.confrelid IN (SELECT oid FROM replicated)))
              AND NOT pg_has_role(c.relowner, 'USAGE')
            ORDER BY 1
            """;

    private Preflight() {}

    /**
     * Refuses a snapshot that cannot go in.
     *
     * @throws ReplicationException with everything that is different, or because the disk is too full
     */
    static void check(Connection connection, Manifest master, Contents contents, Manifest here, Selection selection)
            throws SQLException, ReplicationException {
        List<Difference> differences = new ArrayList<>(ManifestCheck.differences(master, here, selection));
        differences.addAll(outOfReach(connection, master, selection));
        if (!differences.isEmpty()) {
            throw ReplicationException.different(differences);
        }
        List<Manifest.Table> replaced = master.tables().stream()
                .filter(table -> contents.of(table.name()).comesWhole())
                .toList();
        checkRoom(replaced, DataDirectory.freeBytes(connection));
    }

    private static List<Difference> outOfReach(Connection connection, Manifest master, Selection selection)
            throws SQLException {
        List<String> tables = master.tables().stream().map(Manifest.Table::name).toList();
        List<Difference> found = new ArrayList<>();
        try (PreparedStatement statement = Tables.prepare(connection, OUT_OF_REACH, selection.schema(), tables);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new Difference(
                        row.getString(1),
                        "it belongs to the role " + row.getString(2) + ", and " + row.getString(3)
                                + " is no member of that: give the table to the owner of the others"));
            }
        }
        return found;
    }

    /** The old rows stay until the new ones are complete, so both need room. */
    static void checkRoom(List<Manifest.Table> replaced, OptionalLong free) throws ReplicationException {
        long needed = replaced.stream().mapToLong(Manifest.Table::bytes).sum();
        if (free.isPresent() && free.getAsLong() < needed) {
            throw new ReplicationException(
                    Reason.DISK,
                    "the tables take " + Bytes.text(needed)
                            + " beside the old ones, and the disk of this node's database has "
                            + Bytes.text(free.getAsLong()) + " free",
                    null);
        }
    }
}
