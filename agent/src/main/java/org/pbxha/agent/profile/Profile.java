// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pbxha.agent.config.CategoryFate;
import org.pbxha.agent.config.CategoryFate.Fate;

/**
 * What pbx-ha knows about a platform. Read from a data file by {@link ProfileLoader}.
 *
 * @param name the name in the configuration
 * @param description one line for people
 * @param database what is replicated, empty when the platform keeps its configuration in files only
 * @param directories what is synchronised, absolute
 * @param gatedUnits units that start only through the gate; among them every unit that {@code stop} stops
 * @param asterisk where Asterisk's own configuration takes additions
 * @param fail2banDirectory where fail2ban takes additions to its jails
 * @param provisioningServer base address of the REST interface of the phones' provisioning server, if the platform has one
 * @param oldHa what an older high availability of the platform leaves behind
 * @param start the way into service
 * @param stop the way out of service
 */
public record Profile(
        String name,
        String description,
        Optional<Database> database,
        List<Path> directories,
        List<String> gatedUnits,
        Asterisk asterisk,
        Path fail2banDirectory,
        Optional<URI> provisioningServer,
        Optional<OldHa> oldHa,
        List<Step> start,
        List<Step> stop) {

    public Profile {
        directories = List.copyOf(directories);
        gatedUnits = List.copyOf(gatedUnits);
        start = List.copyOf(start);
        stop = List.copyOf(stop);
    }

    /**
     * The database that is replicated.
     *
     * @param name its name, unless the configuration says another
     * @param owner the role that owns its tables
     * @param schema the schema they are in
     * @param versionTables tables that say which version the schema has: compared between the nodes, never copied, because a
     *     copied one lies about the schema of the slave
     * @param categories tables that belong together, and what happens to them; a platform need not have them all
     * @param unnamed what happens to tables of no category
     * @param after what the slave's services need when replication has changed something
     */
    public record Database(
            String name,
            String owner,
            String schema,
            List<String> versionTables,
            List<Category> categories,
            Fate unnamed,
            List<Step> after) {
        public Database {
            after = List.copyOf(after);
            versionTables = List.copyOf(versionTables);
            categories = List.copyOf(categories);
        }

        /**
         * What happens to a table: its own name wins over a pattern, otherwise the first category that matches.
         *
         * @param overrides categories to which the configuration gives another fate
         */
        Fate fate(String table, List<CategoryFate> overrides) {
            Optional<Category> category = categories.stream()
                    .filter(named -> named.tables().contains(table))
                    .findFirst()
                    .or(() -> categories.stream()
                            .filter(named -> named.matches(table))
                            .findFirst());
            return category.map(found -> overrides.stream()
                            .filter(override -> override.category().equals(found.name()))
                            .map(CategoryFate::fate)
                            .findFirst()
                            .orElse(found.fate()))
                    .orElse(unnamed);
        }
    }

    /**
     * Tables that belong together.
     *
     * @param tables names, or patterns such as {@code stat_*}
     * @param reason why they have this fate
     */
    public record Category(String name, String reason, Fate fate, List<String> tables) {
        public Category {
            tables = List.copyOf(tables);
        }

        private boolean matches(String table) {
            return tables.stream()
                    .anyMatch(pattern -> Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", table));
        }
    }

    /**
     * Where Asterisk takes additions to its configuration.
     *
     * @param managerDirectory files in it are accounts of the manager interface
     * @param pjsipFile the PJSIP configuration
     * @param pjsipDirectory a directory whose files {@code pjsipFile} includes, if the platform has one
     */
    public record Asterisk(Path managerDirectory, Path pjsipFile, Optional<Path> pjsipDirectory) {}

    /**
     * Traces of an older high availability, to be shown, retired and, when pbx-ha goes, restored.
     *
     * @param configuration JSON file with node_type and remote_address
     * @param cronFiles jobs that would fight the agent
     * @param markerFiles empty files that tell other programs the role of the node
     * @param hbaPrefix how the lines in pg_hba.conf begin that let the other node in
     * @param listenPrefix how the lines in postgresql.conf begin that open the database to the network
     */
    public record OldHa(
            Path configuration, List<Path> cronFiles, List<Path> markerFiles, String hbaPrefix, String listenPrefix) {
        public OldHa {
            cronFiles = List.copyOf(cronFiles);
            markerFiles = List.copyOf(markerFiles);
        }
    }
}
