// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.util.List;

/**
 * What is shipped.
 *
 * @param node the name under which this node's rows are on the target; no other node may have it
 * @param schema where the tables are in the node's database
 * @param tables their names
 */
public record Shipment(String node, String schema, List<String> tables) {
    public Shipment {
        tables = List.copyOf(tables);
    }
}
