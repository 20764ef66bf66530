// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A provisioning server with one registrar and no phones. */
final class FakeProvd implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONFIGS = "/provd/cfg_mgr/configs";

    private final HttpServer server;
    /** What it answers to everything, when it is not 0. */
    private volatile int refusal;

    private volatile String registrar =
            "{\"id\":\"default\",\"X_type\":\"registrar\",\"registrar_main\":\"192.0.2.2\",\"proxy_main\":\"192.0.2.2\"}";

    FakeProvd() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/provd");
    }

    String registrar() {
        return registrar;
    }

    void refuses(int status) {
        refusal = status;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            if (refusal != 0) {
                answer(exchange, refusal, "{}");
            } else if (request.startsWith("GET " + CONFIGS + "?q=") && request.contains("registrar")) {
                answer(exchange, 200, "{\"configs\":[" + registrar + "]}");
            } else if (request.startsWith("GET " + CONFIGS + "?q=") && request.contains("device")) {
                answer(exchange, 200, "{\"configs\":[]}");
            } else if (request.equals("PUT " + CONFIGS + "/default")) {
                JsonNode body = JSON.readTree(exchange.getRequestBody());
                registrar = body.path("config").toString();
                exchange.sendResponseHeaders(204, -1);
            } else {
                answer(exchange, 404, "{}");
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
