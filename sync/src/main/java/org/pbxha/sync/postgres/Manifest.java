// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.List;
import java.util.Map;

/**
 * The shape of a database as far as replication covers it. It opens a snapshot's stream, and the receiving node
 * compares it with its own before it changes anything.
 *
 * @param serverVersion as server_version_num
 * @param encoding of the database, as PostgreSQL names it
 * @param schema the schema that is covered
 * @param tables sorted by name
 * @param sequences sorted by name
 * @param versions rows of each version table that exists, as text, sorted
 */
record Manifest(
        int serverVersion,
        String encoding,
        String schema,
        List<Table> tables,
        List<Sequence> sequences,
        Map<String, List<String>> versions) {
    /**
     * A table, or the root of a partitioned one: how rows are spread over partitions is each node's own business.
     *
     * @param name without the schema
     * @param partitioned whether it is such a root
     * @param columns those that hold data of their own, in order; generated ones are left out
     */
    record Table(String name, boolean partitioned, List<Column> columns) {}

    /**
     * A column.
     *
     * @param name as it is
     * @param type with its modifiers, and an enum's labels
     * @param required whether a row needs a value for it
     */
    record Column(String name, String type, boolean required) {}

    /**
     * A sequence and where it stands.
     *
     * @param name without the schema
     * @param lastValue last_value
     * @param called is_called: whether last_value has been given out
     */
    record Sequence(String name, long lastValue, boolean called) {}
}
