// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;

/**
 * All that setup may change on the nodes: names, owners, modes, targets and contents in /etc, of root's SSH and of the
 * agent's own directory, and the roles of the database. Neither the node's own key, which who showed a code may keep, nor
 * the journal, which is history, nor the lock, nor empty directories beside them.
 *
 * @param lines one a file and a role
 */
record Machinery(Set<String> lines) {
    private static final String FILES = "find /etc /root/.ssh /var/lib/pbx-ha /var/lib/xivo"
            + " ! -name 'identity.*' ! -name setup.json ! -name setup.lock ! -name journal.jsonl"
            + " ! '(' -path '/var/lib/pbx-ha/*' -type d -empty ')'"
            + " -printf '%p %y %m %u:%g %l\\n' -type f -exec sha256sum {} +";
    private static final String ROLES =
            "SELECT r.rolname, g.rolname FROM pg_roles r LEFT JOIN pg_auth_members m ON m.member = r.oid"
                    + " LEFT JOIN pg_roles g ON g.oid = m.roleid";

    static Machinery of(Pair pair) {
        return new Machinery(
                pair.nodes().stream().flatMap(Machinery::of).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static Stream<String> of(Node node) {
        // Some of the directories may be missing, which find reports; that it looked at all is sure.
        String files = node.exec("sh", "-c", FILES + " | sort").out();
        assertThat(files).contains("/etc/passwd");
        return Stream.of(files, node.sql(ROLES + " ORDER BY 1, 2"))
                .flatMap(String::lines)
                .map(line -> node.name() + ": " + line);
    }

    /** Fails with what is there now and was not, and with what is gone, but for a key that who showed a code had made. */
    void assertSameAs(Machinery before) {
        assertThat(without(lines, before.lines)).as("new").isEmpty();
        assertThat(without(before.lines, lines)).as("gone").allMatch(line -> line.contains("/var/lib/pbx-ha/fencing"));
    }

    private static List<String> without(Set<String> some, Set<String> others) {
        return some.stream().filter(line -> !others.contains(line)).toList();
    }
}
