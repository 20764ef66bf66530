// SPDX-License-Identifier: Apache-2.0
package org.pbxha.demo;

import com.fasterxml.jackson.databind.JsonNode;
import org.pbxha.lab.Node;
import org.pbxha.product.ProductPair;

/** Tells why a node's agent does what it does, each time that changes. */
final class Reasons {
    private final Show show;
    private final ProductPair product;
    private final Node node;
    private String last = "";

    Reasons(Show show, ProductPair product, Node node) {
        this.show = show;
        this.product = product;
        this.node = node;
    }

    /** The node's service state; its reason goes to the screen if it is a new one. */
    String tellNew() {
        JsonNode status = product.status(node);
        String reason = "row " + status.path("row").asInt() + ": "
                + status.path("reason").asText();
        if (!reason.equals(last)) {
            last = reason;
            show.say(node.name() + " says: " + reason);
        }
        return status.path("self").path("service").asText();
    }
}
