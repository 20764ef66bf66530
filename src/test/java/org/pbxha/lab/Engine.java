// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** The container engine that carries the lab. */
final class Engine {
    /** Where the lab's scripts are; the build names it. */
    static final Path DIRECTORY =
            Path.of(System.getProperty("lab.directory", "src/test/lab")).toAbsolutePath();

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static @Nullable DockerClient client;

    private Engine() {}

    /**
     * The engine's client.
     *
     * @throws TestAbortedException when no engine answers: the test is skipped, and says so
     * @throws LabException when no engine answers and the environment has CI=true: nobody would notice a skip there
     */
    static synchronized DockerClient docker() {
        if (client == null) {
            // The client's own default may be newer than what Debian's engine speaks, or older than what it accepts.
            System.setProperty("api.version", apiVersionOrSay());
            client = DockerClientFactory.instance().client();
        }
        return client;
    }

    private static String apiVersionOrSay() {
        try {
            return apiVersion();
        } catch (TestAbortedException skip) {
            // A skipped test shows as a mere number in the build's output.
            LOG.warn(skip.getMessage());
            throw skip;
        }
    }

    private static String apiVersion() {
        boolean ci = "true".equals(System.getenv("CI"));
        try {
            Result version =
                    HostCommand.run(Duration.ofSeconds(20), "docker", "version", "--format", "{{.Server.APIVersion}}");
            if (version.ok()) {
                return version.orFail();
            }
        } catch (IOException noSuchCommand) {
            throw missing(ci, String.valueOf(noSuchCommand.getMessage()));
        }
        throw missing(ci, "docker version failed");
    }

    static RuntimeException missing(boolean ci, String why) {
        String message = "no container engine answers (" + why + "); start one as root with "
                + DIRECTORY.resolve("ensure-engine");
        return ci ? new LabException(message) : new TestAbortedException("SKIPPED, nothing was tested: " + message);
    }
}
