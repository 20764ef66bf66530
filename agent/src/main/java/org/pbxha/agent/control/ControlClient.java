// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Asks the running agent. */
public final class ControlClient {
    private final Path socket;

    /** Talks to the agent that listens on this socket file. */
    public ControlClient(Path socket) {
        this.socket = socket;
    }

    /**
     * Sends one command and hands on its lines as they come.
     *
     * @return the exit code that the agent gave
     * @throws AgentNotRunningException when no agent listens
     * @throws IOException when the agent went away before it had answered
     */
    public int run(String command, Consumer<String> lines) throws IOException {
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(UTF_8)));
            BufferedReader in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("exit ")) {
                    return Integer.parseInt(line.substring("exit ".length()));
                }
                lines.accept(line.startsWith("out ") ? line.substring("out ".length()) : line);
            }
        }
        throw new IOException("the agent stopped before it had answered; see journalctl -u pbx-ha");
    }

    private SocketChannel connect() throws AgentNotRunningException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new AgentNotRunningException(socket, e);
        }
    }
}
