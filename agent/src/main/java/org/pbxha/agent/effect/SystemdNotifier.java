// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the agent is ready and alive. Through systemd's own program, because Java cannot speak over the
 * datagram socket that systemd listens on.
 */
public final class SystemdNotifier {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);
    // Not /usr/bin: on a Debian 11 whose directories were never merged it is only here.
    private static final Path PROGRAM = Path.of("/bin/systemd-notify");
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final @Nullable String socket = System.getenv(SOCKET);

    /** The agent is up: units that are ordered after it may start. */
    public void ready(String status) throws InterruptedException {
        send("--ready", "--status=" + status);
    }

    /** The agent's cycle turns. */
    public void alive() throws InterruptedException {
        send("WATCHDOG=1");
    }

    private void send(String... arguments) throws InterruptedException {
        if (socket == null || !Files.isExecutable(PROGRAM)) {
            return;
        }
        List<String> argv = new ArrayList<>(List.of(PROGRAM.toString()));
        argv.addAll(List.of(arguments));
        try {
            Outcome outcome = BoundedProcess.run(Command.of(LIMIT, argv).withEnvironment(Map.of(SOCKET, socket)));
            if (!outcome.succeeded()) {
                LOG.warn("systemd was not told {}: {}", arguments[0], outcome.complaint());
            }
        } catch (ProcessException e) {
            LOG.warn("systemd was not told {}: {}", arguments[0], e.getMessage());
        }
    }
}
