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
 * @param extensions names of those that are installed, sorted
 * @param rules what decided which tables are covered
 */
record Manifest(
        int serverVersion,
        String encoding,
        String schema,
        List<Table> tables,
        List<Sequence> sequences,
        Map<String, List<String>> versions,
        List<String> extensions,
        Rules rules) {
    /**
     * A table, or the root of a partitioned one: how rows are spread over partitions is each node's own business.
     *
     * @param name without the schema
     * @param partitioned whether it is such a root
     * @param columns those that hold data of their own, in order; generated ones are left out
     * @param constraints primary key, unique and check constraints
     * @param bytes size on the disk, with indexes and everything
     */
    record Table(String name, boolean partitioned, List<Column> columns, List<Constraint> constraints, long bytes) {}

    /**
     * A column.
     *
     * @param name as it is
     * @param type with its modifiers, an enum's labels, and what a domain allows
     * @param required whether a row needs a value for it
     * @param notNull whether it refuses NULL
     * @param extension the extension that its type belongs to, or empty
     */
    record Column(String name, String type, boolean required, boolean notNull, String extension) {}

    /**
     * A primary key, unique or check constraint.
     *
     * @param name as it is; two constraints with the same definition are the same, whatever they are called
     * @param definition as PostgreSQL writes it
     */
    record Constraint(String name, String definition) {}

    /**
     * A sequence and where it stands.
     *
     * @param name without the schema
     * @param lastValue last_value
     * @param called is_called: whether last_value has been given out
     */
    record Sequence(String name, long lastValue, boolean called) {}

    /**
     * What decided which tables are covered.
     *
     * @param categories what happens to the tables of each category
     * @param unnamed what happens to tables that no rule names
     * @param left tables of this database that are left alone, version tables aside; sorted
     */
    record Rules(Map<String, Selection.Fate> categories, Selection.Fate unnamed, List<String> left) {}
}
