// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program of the machine that runs the tests; its standard error goes to the test's own. */
final class HostCommand {
    private HostCommand() {}

    static Result run(Duration limit, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream stdout = process.getInputStream()) {
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(stdout));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException(String.join(" ", command) + " did not end within " + limit);
            }
            return new Result(List.of(command), process.exitValue(), out.join(), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted: " + String.join(" ", command), e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LabException("reading the output of a command: " + e.getMessage(), e);
        }
    }
}
