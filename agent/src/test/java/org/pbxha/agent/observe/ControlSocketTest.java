// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    private Path directory;

    @Test
    void findsNobodyWithoutASocketOrBehindADeadOne() throws IOException {
        Path path = directory.resolve("ctl");
        assertThat(ControlWatch.ask(path, SHORT)).isEqualTo(ControlReading.ABSENT);

        server(path).close();

        assertThat(path).exists();
        assertThat(ControlWatch.ask(path, SHORT)).isEqualTo(ControlReading.ABSENT);
    }

    /** The kernel keeps a few connections for a process that takes none; after that it refuses to queue more. */
    @Test
    void calledSilentHoweverOftenItIsTriedWhileNobodyAccepts() throws IOException {
        Path path = directory.resolve("ctl");
        try (ServerSocketChannel server = server(path)) {
            assertThat(server.isOpen()).isTrue();
            for (int i = 0; i < 6; i++) {
                assertThat(ControlWatch.ask(path, SHORT)).isEqualTo(ControlReading.SILENT);
            }
        }
    }

    @Test
    void isSilentWhenTheConnectionIsClosedWithoutAGreeting() throws Exception {
        Path path = directory.resolve("ctl");
        try (ServerSocketChannel server = server(path)) {
            Thread thread = answering(server, "");
            assertThat(ControlWatch.ask(path, Duration.ofSeconds(5))).isEqualTo(ControlReading.SILENT);
            thread.join();
        }
    }

    @Test
    void hearsTheGreeting() throws Exception {
        Path path = directory.resolve("ctl");
        try (ServerSocketChannel server = server(path)) {
            Thread thread = answering(server, "node/17/22.10.1\n");
            assertThat(ControlWatch.ask(path, Duration.ofSeconds(5))).isEqualTo(ControlReading.GREETS);
            thread.join();
        }
    }

    private static ServerSocketChannel server(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(path), 2);
    }

    private static Thread answering(ServerSocketChannel server, String greeting) {
        Thread thread = new Thread(() -> {
            try (SocketChannel client = server.accept()) {
                client.write(ByteBuffer.wrap(greeting.getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        return thread;
    }
}
