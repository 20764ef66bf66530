// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.TreeSet;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.pbxha.sync.process.ProcessException;

/**
 * What setup has to know about a database before it is replicated.
 *
 * @param serverVersion as server_version_num, for example 150018
 * @param encoding as PostgreSQL names it; replication needs UTF8
 * @param relations the tables and sequences of the schema
 */
public record DatabaseFacts(int serverVersion, String encoding, List<Relation> relations) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String QUERY = """
            SET search_path = pg_catalog;
            SELECT json_build_object(
              'serverVersion', current_setting('server_version_num')::int,
              'encoding', current_setting('server_encoding'),
              'relations', coalesce((
                SELECT json_agg(json_build_object('name', c.relname, 'owner', r.rolname, 'superuser', r.rolsuper)
                    ORDER BY c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles r ON r.oid = c.relowner
                WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'S')
                  AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')), '[]'::json));
            """;

    /**
     * A table or sequence.
     *
     * @param name without the schema
     * @param owner its owner
     * @param superuser whether the owner is a superuser, whose membership we never ask for
     */
    public record Relation(String name, String owner, boolean superuser) {}

    public DatabaseFacts {
        relations = List.copyOf(relations);
    }

    /** Reads the facts of a database. */
    public static DatabaseFacts read(LocalPsql psql, Selection selection)
            throws ReplicationException, ProcessException, InterruptedException {
        DatabaseFacts all = parse(psql.run(QUERY.formatted(Sql.literal(selection.schema()))));
        List<Relation> covered = all.relations().stream()
                .filter(relation -> !selection.excludesSequence(relation.name(), relation.name()))
                .toList();
        return new DatabaseFacts(all.serverVersion(), all.encoding(), covered);
    }

    /** The roles that own what is replicated, without superusers, sorted: our role becomes a member of each. */
    public List<String> owners() {
        TreeSet<String> owners = new TreeSet<>();
        relations.stream().filter(relation -> !relation.superuser()).forEach(relation -> owners.add(relation.owner()));
        return List.copyOf(owners);
    }

    /** What a superuser owns: it cannot be replicated until it belongs to another role or is excluded. */
    public List<String> outOfReach() {
        return relations.stream()
                .filter(Relation::superuser)
                .map(Relation::name)
                .toList();
    }

    private static DatabaseFacts parse(String json) throws ReplicationException {
        try {
            return JSON.readValue(json, DatabaseFacts.class);
        } catch (JacksonException e) {
            throw new ReplicationException(Reason.DATABASE, "psql gave an answer that is not understood", e);
        }
    }
}
