// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.pbxha.sync.AtomicFile;

/**
 * Our own known_hosts file. The peer's host keys come through the pairing, so the first connection is checked as
 * strictly as the last, and a host key that root accepted by hand elsewhere counts for nothing here.
 *
 * @param file for example /var/lib/pbx-ha/ssh/known_hosts
 */
public record KnownHosts(Path file) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.:%_-]*|::1");
    private static final int DEFAULT_PORT = 22;

    /** Makes these the only host keys that are accepted at this address and port. */
    public void pin(String address, int port, Collection<SshPublicKey> keys) throws IOException {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no host key to pin for " + address);
        }
        String host = host(address, port);
        List<String> lines = others(host);
        keys.forEach(key -> lines.add(host + " " + key.line()));
        write(lines);
    }

    /** Forgets an address; fine when it was not known. */
    public void unpin(String address, int port) throws IOException {
        if (Files.exists(file)) {
            write(others(host(address, port)));
        }
    }

    private List<String> others(String host) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.exists(file)) {
            lines.addAll(Files.readAllLines(file, StandardCharsets.US_ASCII));
        }
        lines.removeIf(line -> line.startsWith(host + " "));
        return lines;
    }

    private void write(List<String> lines) throws IOException {
        String content = String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
        AtomicFile.write(file, content.getBytes(StandardCharsets.US_ASCII), AtomicFile.PRIVATE);
    }

    /** A host as known_hosts names it: the port is part of the name unless it is 22. */
    private static String host(String address, int port) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("not an address: " + address);
        }
        return port == DEFAULT_PORT ? address : "[" + address + "]:" + port;
    }
}
