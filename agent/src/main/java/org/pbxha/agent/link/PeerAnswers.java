// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes answers of the peer server. */
final class PeerAnswers {
    static final HttpString VERSION = new HttpString("Pbx-Ha-Version");

    private static final Duration STRANGER_GRACE = Duration.ofSeconds(2);

    private final String version;
    private final Duration grace;

    PeerAnswers(String version, Duration grace) {
        this.version = version;
        this.grace = grace;
    }

    /** The body of a refusal. */
    record Problem(
            @Nullable String error,
            @Nullable String hint,
            @Nullable String version) {}

    void send(HttpServerExchange exchange, String json) {
        send(exchange, StatusCodes.OK, json);
    }

    void refuse(HttpServerExchange exchange, PeerRefusal refusal) {
        String error = refusal.getMessage();
        send(exchange, refusal.status(), LinkJson.write(new Problem(error, refusal.hint(), null)));
    }

    void refuseVersion(HttpServerExchange exchange) {
        send(exchange, StatusCodes.CONFLICT, LinkJson.write(new Problem(null, null, version)));
    }

    /** Tells a stranger nothing. */
    void deny(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        exchange.setStatusCode(StatusCodes.FORBIDDEN);
        CloseTimer.untilComplete(exchange, STRANGER_GRACE);
        // Sent rather than just ended: the end of an exchange first reads all of the request.
        exchange.getResponseSender().send("");
    }

    private void send(HttpServerExchange exchange, int status, String json) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(VERSION, version);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        CloseTimer.untilComplete(exchange, grace);
        exchange.getResponseSender().send(json);
    }
}
