// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks every ten seconds for work that piles up inside Asterisk; warns when it does so for half a minute. By the control
 * socket, which is root's anyway: the manager account would need the right to run any command.
 */
final class TaskProcessorWatch implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    /** Prints the table. */
    @FunctionalInterface
    interface Source {
        String table() throws IOException;
    }

    private final Source source;
    private final BooleanSupplier booted;
    private final LongSupplier nanoTime;
    private final Layer layer;
    private volatile String warning = "";
    private @Nullable Long floodedSince;

    /**
     * A watch of the Asterisk behind a control socket.
     *
     * @param booted whether Asterisk is fully booted: questions while its modules load have been seen to dead-lock it
     */
    TaskProcessorWatch(Path socket, BooleanSupplier booted) {
        this(() -> ask(socket), booted, System::nanoTime);
    }

    TaskProcessorWatch(Source source, BooleanSupplier booted, LongSupplier nanoTime) {
        this.source = source;
        this.booted = booted;
        this.nanoTime = nanoTime;
        this.layer = new Layer("task-processors", INTERVAL, this::turn);
    }

    void start() {
        layer.start();
    }

    /** For a person; empty when all is well. */
    String warning() {
        return warning;
    }

    /** One look. */
    void turn() {
        List<String> flooded;
        try {
            flooded = booted.getAsBoolean() ? TaskProcessors.flooded(source.table()) : List.of();
        } catch (IOException e) {
            // No answer is the business of the other layers.
            flooded = List.of();
        }
        if (flooded.isEmpty()) {
            floodedSince = null;
            warning = "";
            return;
        }
        long now = nanoTime.getAsLong();
        if (floodedSince == null) {
            floodedSince = now;
        }
        if (now - floodedSince >= PATIENCE_NANOS) {
            warning = "work piles up in Asterisk: " + String.join(", ", flooded)
                    + "; look at \"asterisk -rx 'core show taskprocessors'\"";
        }
    }

    private static String ask(Path socket) throws IOException {
        try (ControlSocket connection = new ControlSocket(socket, ANSWER)) {
            return connection.greets() ? connection.run("core show taskprocessors") : "";
        }
    }

    @Override
    public void close() {
        layer.close();
    }
}
