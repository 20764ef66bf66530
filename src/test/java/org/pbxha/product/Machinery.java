// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import java.util.List;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;

/**
 * All that setup may change on a node.
 *
 * @param files names, owners, modes, targets and contents in /etc, of root's SSH and of the agent's own directory, but
 *     neither the node's own key, which who showed a code may keep, nor empty directories beside it
 * @param roles of the database, with what they belong to
 */
record Machinery(String files, String roles) {
    static List<Machinery> of(Pair pair) {
        return pair.nodes().stream().map(Machinery::of).toList();
    }

    static Machinery of(Node node) {
        return new Machinery(
                node.run(
                        "sh",
                        "-c",
                        "find /etc /root/.ssh /var/lib/pbx-ha /var/lib/xivo ! -name 'identity.*' ! -name setup.json"
                                + " ! '(' -path '/var/lib/pbx-ha/*' -type d -empty ')'"
                                + " -printf '%p %y %m %u:%g %l\\n' 2>/dev/null -type f -exec sha256sum {} + | sort"),
                node.sql("SELECT r.rolname, g.rolname FROM pg_roles r LEFT JOIN pg_auth_members m ON m.member = r.oid"
                        + " LEFT JOIN pg_roles g ON g.oid = m.roleid ORDER BY 1, 2"));
    }
}
