// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A provisioning server that holds configurations and knows three requests; any other one, or a malformed one, is noted. */
final class ScriptedProvd implements AutoCloseable {
    private static final String CONFIGS = "/provd/cfg_mgr/configs";
    private static final String MIME = "application/vnd.proformatique.provd+json";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final Map<String, JsonNode> configs = new TreeMap<>();
    private final List<String> updates = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private int updatesBeforeFailure = Integer.MAX_VALUE;

    ScriptedProvd() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/provd");
    }

    synchronized void holds(String config) throws IOException {
        JsonNode node = json.readTree(config);
        configs.put(node.path("id").asText(), node);
    }

    synchronized void failsAfterUpdates(int number) {
        updatesBeforeFailure = number;
    }

    synchronized JsonNode config(String id) {
        return configs.getOrDefault(id, json.missingNode());
    }

    synchronized Map<String, JsonNode> all() {
        return Map.copyOf(configs);
    }

    synchronized List<String> updates() {
        return List.copyOf(updates);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getRawQuery();
            String id = path.startsWith(CONFIGS + "/") ? path.substring(CONFIGS.length() + 1) : "";
            if (!MIME.equals(exchange.getRequestHeaders().getFirst("Accept"))) {
                violations.add("no Accept header");
            }
            if (exchange.getRequestMethod().equals("GET") && path.equals(CONFIGS) && query != null) {
                answer(exchange, 200, list(URLDecoder.decode(query, StandardCharsets.UTF_8)));
            } else if (exchange.getRequestMethod().equals("GET") && !id.isEmpty()) {
                answer(
                        exchange,
                        configs.containsKey(id) ? 200 : 404,
                        json.createObjectNode().set("config", config(id)));
            } else if (exchange.getRequestMethod().equals("PUT") && configs.containsKey(id)) {
                update(exchange, id);
            } else {
                violations.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                answer(exchange, 404, json.createObjectNode());
            }
        }
    }

    private JsonNode list(String query) throws IOException {
        if (!query.startsWith("q=")) {
            violations.add("query " + query);
        }
        String type = json.readTree(query.substring(2)).path("X_type").asText();
        ArrayNode found = json.createArrayNode();
        configs.values().stream()
                .filter(config -> config.path("X_type").asText().equals(type))
                .forEach(found::add);
        return json.createObjectNode().set("configs", found);
    }

    private void update(HttpExchange exchange, String id) throws IOException {
        JsonNode body = json.readTree(exchange.getRequestBody()).path("config");
        if (!MIME.equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                || !body.path("id").asText().equals(id)) {
            violations.add("malformed update of " + id);
        }
        if (updates.size() >= updatesBeforeFailure) {
            answer(exchange, 500, json.createObjectNode());
            return;
        }
        updates.add(id);
        configs.put(id, body);
        exchange.sendResponseHeaders(204, -1);
    }

    private void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", MIME);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
