// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the command line. A request is one line, a command and its arguments separated by blanks; the answer is lines
 * that start with {@code "out "}, and last {@code "exit CODE"}.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int CLIENTS = 8;

    /** Carries out one command. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers one request.
         *
         * @param arguments what stood behind the command
         * @param out takes lines for the person who asked, as they come
         * @return the exit code of the command line
         */
        int handle(List<String> arguments, PrintWriter out);
    }

    private final Path socket;
    private final Map<String, Handler> handlers;
    private final ServerSocketChannel listener;
    private final ExecutorService clients = new ThreadPoolExecutor(
            0,
            CLIENTS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> new Thread(task, "control"),
            new ThreadPoolExecutor.CallerRunsPolicy());

    /**
     * Listens on a socket file; one that an earlier agent left behind is replaced.
     *
     * @throws IOException when the directory is missing or not ours
     */
    public ControlServer(Path socket, Map<String, Handler> handlers) throws IOException {
        this.socket = socket;
        this.handlers = Map.copyOf(handlers);
        Files.deleteIfExists(socket);
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    }

    /** Starts answering. */
    public void start() {
        new Thread(this::acceptAll, "control-accept").start();
    }

    private void acceptAll() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                clients.execute(() -> serve(client));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("a command could not be accepted on {}: {}", socket, e.getMessage());
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                BufferedReader in = new BufferedReader(new InputStreamReader(Channels.newInputStream(client), UTF_8));
                PrintWriter raw =
                        new PrintWriter(new OutputStreamWriter(Channels.newOutputStream(client), UTF_8), true)) {
            String request = in.readLine();
            if (request != null) {
                raw.println("exit " + answer(request, new LinesWriter(raw)));
            }
        } catch (IOException e) {
            LOG.debug("a command line went away", e);
        }
    }

    private int answer(String request, PrintWriter out) {
        List<String> words = List.of(request.split(" ", -1));
        Handler handler = handlers.get(words.get(0));
        if (handler == null) {
            out.println("this agent does not know the command \"" + words.get(0)
                    + "\"; the command line and the agent may be of different versions: restart the agent");
            return ExitCode.FAILED;
        }
        try {
            return handler.handle(words.subList(1, words.size()), out);
        } catch (RuntimeException e) {
            LOG.error("the command \"{}\" failed", words.get(0), e);
            out.println("the agent failed: " + e.getMessage() + "; see journalctl -u pbx-ha");
            return ExitCode.FAILED;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        clients.shutdownNow();
        Files.deleteIfExists(socket);
    }
}
