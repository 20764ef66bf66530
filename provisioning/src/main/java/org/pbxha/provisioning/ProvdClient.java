// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The few requests of provd's REST interface that deal with configurations. All of them together end by one deadline. */
final class ProvdClient {
    private static final String MIME = "application/vnd.proformatique.provd+json";
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(10);
    /** Some thousand phones have a few kilobytes each. */
    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final long deadline;

    /**
     * A client of the server at {@code base}.
     *
     * @param base with the prefix of the interface, such as {@code http://127.0.0.1:8666/provd}
     * @param limit for all requests together
     */
    ProvdClient(URI base, Duration limit) {
        this.base = base;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** All configurations of a type: "registrar" or "device". */
    List<ObjectNode> configsOfType(String type) throws ProvdException, ConnectException {
        String query = URLEncoder.encode("{\"X_type\":\"" + type + "\"}", StandardCharsets.UTF_8);
        JsonNode configs = get("/cfg_mgr/configs?q=" + query)
                .orElseThrow(() -> new ProvdException("No provisioning interface at " + base + ": check the address"))
                .path("configs");
        List<ObjectNode> found = new ArrayList<>();
        for (JsonNode config : configs) {
            if (!(config instanceof ObjectNode object)) {
                throw new ProvdException(
                        "The provisioning server at " + base + " listed " + config + " as a configuration");
            }
            found.add(object);
        }
        return found;
    }

    /** One configuration; empty when there is none of that name. */
    Optional<ObjectNode> config(String id) throws ProvdException, ConnectException {
        return get(path(id))
                .map(document -> document.path("config"))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast);
    }

    /** Replaces a configuration; the server rewrites the files of the phones that use it. */
    void update(ObjectNode config) throws ProvdException, ConnectException {
        String path = path(config.path("id").asText());
        try {
            byte[] body = json.writeValueAsBytes(json.createObjectNode().set("config", config));
            HttpURLConnection request = open("PUT", path);
            request.setDoOutput(true);
            request.setRequestProperty("Content-Type", MIME);
            request.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = request.getOutputStream()) {
                out.write(body);
            }
            read(request, path);
        } catch (IOException e) {
            throw failed("PUT", path, e);
        }
    }

    private static String path(String id) {
        return "/cfg_mgr/configs/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Optional<JsonNode> get(String path) throws ProvdException, ConnectException {
        try {
            HttpURLConnection request = open("GET", path);
            if (request.getResponseCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            return Optional.of(json.readTree(read(request, path)));
        } catch (IOException e) {
            throw failed("GET", path, e);
        }
    }

    private HttpURLConnection open(String method, String path) throws IOException, ProvdException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new ProvdException("The provisioning server at " + base + " is too slow: its time is up before "
                    + method + " " + path);
        }
        URI uri = URI.create(base + path);
        HttpURLConnection request = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        request.setRequestMethod(method);
        request.setConnectTimeout((int) Math.min(left, CONNECT.toMillis()));
        request.setReadTimeout((int) Math.min(left, READ.toMillis()));
        request.setInstanceFollowRedirects(false);
        request.setRequestProperty("Accept", MIME);
        return request;
    }

    private byte[] read(HttpURLConnection request, String path) throws IOException, ProvdException {
        int status = request.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_NO_CONTENT) {
            throw new ProvdException("The provisioning server answers " + request.getRequestMethod() + " " + base + path
                    + " with HTTP " + status
                    + (status == HttpURLConnection.HTTP_UNAUTHORIZED
                            ? ": it wants a login, which pbx-ha does not have"
                            : ""));
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw new ProvdException("The provisioning server answers " + base + path + " with more than 64 MB");
            }
            return body;
        }
    }

    /** A refused connection stays what it is: it means that there is no server. */
    private ProvdException failed(String method, String path, IOException e) throws ConnectException {
        if (e instanceof ConnectException refused) {
            throw refused;
        }
        return new ProvdException(
                "The provisioning server failed at " + method + " " + base + path + ": " + e.getMessage(), e);
    }
}
