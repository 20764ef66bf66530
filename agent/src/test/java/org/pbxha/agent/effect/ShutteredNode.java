// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;
import org.pbxha.sync.process.ProcessException;

/**
 * A container of the lab's node image with a real Asterisk and a firewall of its own. Tests that need it are skipped where
 * there is no engine or the image is not built.
 */
final class ShutteredNode implements AutoCloseable, ProgramRunner {
    private static final String IMAGES = System.getProperty("pbxha.lab.image", "pbx-ha-lab/node");
    private static final Path DOCKER = Path.of("/usr/bin/docker");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PJSIP = """
            [udp]
            type = transport
            protocol = udp
            bind = 0.0.0.0:5060
            """;

    private final String container;

    ShutteredNode(String suite) throws ProcessException, InterruptedException {
        String image = IMAGES + ":" + suite;
        Assumptions.assumeTrue(DOCKER.toFile().canExecute(), "there is no container engine");
        Assumptions.assumeTrue(
                docker("", "image", "inspect", image).succeeded(), "the lab image " + image + " is not built");
        container = require(docker(
                        "",
                        "run",
                        "-d",
                        "--init",
                        "--cap-add",
                        "NET_ADMIN",
                        "--entrypoint",
                        "sleep",
                        image,
                        "infinity"))
                .strip();
        require(run(PJSIP, "sh", "-c", "cat > /etc/asterisk/pjsip.conf"));
        shell("mkdir -p /run/asterisk && chown asterisk /run/asterisk && asterisk -U asterisk -G asterisk");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> run("", "asterisk", "-rx", "core waitfullybooted")
                        .output()
                        .contains("fully booted"));
    }

    /** A command of the product, run in the node. */
    @Override
    public Outcome run(Command command) throws ProcessException, InterruptedException {
        String input = command.stdin();
        return run(input == null ? "" : input, command.argv().toArray(String[]::new));
    }

    boolean has(Path file) {
        try {
            return run("", "test", "-e", file.toString()).succeeded();
        } catch (ProcessException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String shell(String script) throws ProcessException, InterruptedException {
        return require(run("", "bash", "-c", script));
    }

    boolean succeeds(String script) throws ProcessException, InterruptedException {
        return run("", "bash", "-c", script).succeeded();
    }

    String address() throws ProcessException, InterruptedException {
        return inspect("{{.NetworkSettings.IPAddress}}");
    }

    /** This test, as the node sees it. */
    String us() throws ProcessException, InterruptedException {
        return inspect("{{.NetworkSettings.Gateway}}");
    }

    private String inspect(String format) throws ProcessException, InterruptedException {
        return require(docker("", "inspect", "-f", format, container)).strip();
    }

    private Outcome run(String input, String... argv) throws ProcessException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("exec", "-i", container));
        arguments.addAll(List.of(argv));
        return docker(input, arguments.toArray(String[]::new));
    }

    private static Outcome docker(String input, String... arguments) throws ProcessException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(DOCKER.toString()));
        argv.addAll(List.of(arguments));
        return BoundedProcess.run(Command.of(LIMIT, argv).withStdin(input));
    }

    private static String require(Outcome outcome) {
        if (!outcome.succeeded()) {
            throw new AssertionError(outcome.toString());
        }
        return outcome.output();
    }

    @Override
    public void close() throws ProcessException {
        try {
            docker("", "rm", "-f", container);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
