// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Tries Asterisk's control socket: each second while somebody doubts that Asterisk is well, else every ten seconds, because
 * Asterisk may write a line about every connection to its log.
 */
final class ControlWatch implements AutoCloseable {
    private static final Duration GREETING = Duration.ofSeconds(2);
    private static final int CALM_TURNS = 10;

    private final Path socket;
    private final BooleanSupplier doubt;
    private final Layer layer;
    private volatile ControlReading reading = ControlReading.PENDING;
    private int turnsLeft;

    ControlWatch(Path socket, BooleanSupplier doubt, Duration interval) {
        this.socket = socket;
        this.doubt = doubt;
        this.layer = new Layer("control-socket", interval, this::turn);
    }

    void start() {
        layer.start();
    }

    ControlReading reading() {
        return reading;
    }

    private void turn() {
        boolean wellBefore = reading == ControlReading.GREETS;
        if (wellBefore && !doubt.getAsBoolean() && --turnsLeft > 0) {
            return;
        }
        turnsLeft = CALM_TURNS;
        reading = ask(socket, GREETING);
    }

    static ControlReading ask(Path socket, Duration limit) {
        if (!Files.exists(socket)) {
            return ControlReading.ABSENT;
        }
        try (ControlSocket connection = new ControlSocket(socket, limit)) {
            return connection.greets() ? ControlReading.GREETS : ControlReading.SILENT;
        } catch (ConnectException e) {
            return ControlReading.ABSENT;
        } catch (IOException e) {
            // Closed before it greeted.
            return ControlReading.SILENT;
        }
    }

    @Override
    public void close() {
        layer.close();
    }
}
