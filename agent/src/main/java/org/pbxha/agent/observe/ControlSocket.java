// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One connection to Asterisk's control socket, which greets with "host/pid/version" and a line end. Every call ends by the
 * deadline, with whatever came until then.
 */
final class ControlSocket implements AutoCloseable {
    private static final int MOST = 256 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final long deadline;

    /**
     * Connects.
     *
     * @param limit for everything on this connection
     * @throws java.net.ConnectException when nobody listens
     * @throws java.net.SocketException when the socket does not exist
     * @throws IOException for other reasons
     */
    ControlSocket(Path path, Duration limit) throws IOException {
        this.deadline = System.nanoTime() + limit.toNanos();
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        this.selector = Selector.open();
        try {
            channel.configureBlocking(false);
            // A hung Asterisk does not empty its queue; once that is full, the kernel says "later" here.
            channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Whether there was a greeting. */
    boolean greets() throws IOException {
        return !channel.isConnectionPending() && read(true).contains("\n");
    }

    /** Runs one command of Asterisk's command line, after the greeting; what it printed until it closed the connection. */
    String run(String command) throws IOException {
        ByteBuffer request = ByteBuffer.wrap(("cli quit after " + command + '\0').getBytes(StandardCharsets.US_ASCII));
        // So few bytes always fit.
        channel.write(request);
        if (request.hasRemaining()) {
            throw new IOException("the control socket took only a part of \"" + command + "\"");
        }
        return read(false);
    }

    private String read(boolean oneLine) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        while (text.size() < MOST && key.isValid()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            selector.select(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new EOFException("interrupted");
            }
            selector.selectedKeys().clear();
            int count = channel.read(buffer.clear());
            if (count < 0) {
                break;
            }
            text.write(buffer.array(), 0, count);
            if (oneLine && text.toString(StandardCharsets.UTF_8).contains("\n")) {
                break;
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        try {
            selector.close();
        } finally {
            channel.close();
        }
    }
}
