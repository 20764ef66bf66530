// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.awaitility.Awaitility;
import org.pbxha.sync.Requirement;

/** A real sshd on a free loopback port, with host key, authorized_keys and forced command in a directory of its own. */
public final class Sshd implements AutoCloseable {
    public static final String ADDRESS = "127.0.0.1";

    private final Path directory;
    private final int port;
    private final Process process;

    public Sshd(Path directory) throws Exception {
        Requirement.program("/usr/sbin/sshd", "openssh-server");
        Requirement.program("/usr/bin/ssh-keygen", "openssh-client");
        this.directory = directory;
        this.port = freePort();
        Files.createDirectories(Path.of("/run/sshd"));
        makeHostKey("ssh_host_ed25519_key");
        Path configuration = Files.write(
                directory.resolve("sshd_config"),
                List.of(
                        "Port " + port,
                        "ListenAddress " + ADDRESS,
                        "HostKey " + directory.resolve("ssh_host_ed25519_key"),
                        "AuthorizedKeysFile " + authorizedKeysFile(),
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "PermitRootLogin prohibit-password"));
        process = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        Awaitility.await().until(this::answers);
    }

    public int port() {
        return port;
    }

    public Path directory() {
        return directory;
    }

    public Path authorizedKeysFile() {
        return directory.resolve("authorized_keys");
    }

    public AuthorizedKeys authorizedKeys() {
        return new AuthorizedKeys(authorizedKeysFile(), "pbx-ha-sync");
    }

    /** How a client with this key, trusting these hosts, reaches it. */
    public SshTarget target(SshKeys keys, KnownHosts knownHosts) {
        return new SshTarget(ADDRESS, port, System.getProperty("user.name"), keys.privateKey(), knownHosts.file());
    }

    /** Pins this server's host key in a new file. */
    public KnownHosts pinned() throws Exception {
        KnownHosts knownHosts = new KnownHosts(directory.resolve("known_hosts"));
        knownHosts.pin(ADDRESS, port, HostKeys.read(directory));
        return knownHosts;
    }

    /** An executable sh script in this server's directory. */
    public Path script(String name, String... lines) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public String log() throws IOException {
        return Files.readString(directory.resolve("sshd.log"));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void makeHostKey(String name) throws Exception {
        Process keygen = new ProcessBuilder(
                        "/usr/bin/ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        directory.resolve(name).toString())
                .start();
        if (keygen.waitFor() != 0) {
            throw new IllegalStateException("ssh-keygen failed");
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("sshd ended: see " + directory.resolve("sshd.log"));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
