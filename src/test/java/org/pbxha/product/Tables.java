// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.lab.Node;
import org.pbxha.lab.Result;

/** What a node's database holds, told apart by what replication is for. The lists are written anew here, not read from the product. */
final class Tables {
    /** Each node's own, which no replication touches. */
    private static final String OWN = "'netiface', 'resolvconf', 'mail', 'monitoring', 'session', 'cel', 'queue_log',"
            + " 'call_log', 'call_log_participant', 'stat_agent', 'stat_agent_periodic', 'stat_call_on_queue',"
            + " 'stat_queue', 'stat_queue_periodic', 'stat_switchboard_queue'";

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Tables() {}

    /** A line for each replicated table: its name, its number of rows, and the md5 of all rows in order. */
    static String replicated(Node node) {
        return digests(node, "NOT IN");
    }

    /** The same for the tables that each node keeps for itself. */
    static String own(Node node) {
        return digests(node, "IN");
    }

    private static String digests(Node node, String in) {
        String digest = "SELECT %L, count(*), md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text COLLATE \"C\"),"
                + " '''')) FROM public.%I t";
        String all = node.sql("SELECT string_agg(format('" + digest + "', relname, relname), ' UNION ALL ' ORDER BY"
                + " relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname "
                + in + " (" + OWN + ")");
        // Without an order, parallel plans return the tables as they come.
        return node.sql(all + " ORDER BY 1");
    }

    /** Runs a script in a database as the superuser. */
    static Result script(Node node, String database, String script) {
        List<String> command = new ArrayList<>(asPostgres());
        command.addAll(List.of("psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", database));
        Result result = node.feed(LIMIT, script, command.toArray(String[]::new));
        result.orFail();
        return result;
    }

    /** Before a command: whom it runs as. */
    static List<String> asPostgres() {
        return List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--reset-env");
    }

    /** Puts the database aside and an empty one in its place; {@link #bringBack} ends it. */
    static void putAside(Node node, String encoding) {
        script(node, "postgres", rename("asterisk", "asterisk_aside"));
        script(
                node,
                "postgres",
                "CREATE DATABASE asterisk OWNER asterisk ENCODING '" + encoding
                        + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;");
    }

    /** Drops the database that took the place of the one that was put aside. */
    static void bringBack(Node node) {
        script(node, "postgres", "DROP DATABASE asterisk WITH (FORCE);");
        script(node, "postgres", rename("asterisk_aside", "asterisk"));
    }

    private static String rename(String from, String to) {
        return "ALTER DATABASE " + from + " ALLOW_CONNECTIONS false;\n"
                + "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + from + "';\n"
                + "ALTER DATABASE " + from + " RENAME TO " + to + ";\n"
                + "ALTER DATABASE " + to + " ALLOW_CONNECTIONS true;\n";
    }
}
