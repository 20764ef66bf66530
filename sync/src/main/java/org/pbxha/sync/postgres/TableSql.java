// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.List;
import java.util.stream.Collectors;

/** The statements that read one table. */
record TableSql(String schema, Manifest.Table table) {
    /** All rows. COPY of a partitioned table itself would be an error: its rows are in its partitions. */
    String copyOut() {
        return table.partitioned()
                ? copyOut("")
                : "COPY " + Sql.name(schema, table.name()) + Sql.columns(table.columns()) + " TO STDOUT";
    }

    /** Some rows of the table, which is {@code t} there. */
    String copyOut(String where) {
        return "COPY (SELECT " + Sql.list(columns(), "t.") + " FROM " + from() + " t " + where + ") TO STDOUT";
    }

    /** The keys of all rows. */
    String copyKeysOut(List<String> key) {
        return "COPY (SELECT " + Sql.list(key, "t.") + " FROM " + from() + " t) TO STDOUT";
    }

    /** The table as rows are read from it. */
    String from() {
        return Sql.from(schema, table.name(), table.partitioned());
    }

    private List<String> columns() {
        return table.columns().stream().map(Manifest.Column::name).collect(Collectors.toList());
    }
}
