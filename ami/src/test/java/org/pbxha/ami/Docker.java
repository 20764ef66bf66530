// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The docker command. */
final class Docker {
    private Docker() {}

    /** Standard output and error of a command that ended. */
    record Result(int status, String output) {}

    static boolean hasImage(String image) {
        try {
            return execute("", List.of("image", "inspect", image)).status() == 0;
        } catch (UncheckedIOException e) {
            // No docker here at all.
            return false;
        }
    }

    static String run(String... arguments) {
        return runWithInput("", arguments);
    }

    static String runWithInput(String input, String... arguments) {
        Result result = execute(input, List.of(arguments));
        if (result.status() != 0) {
            throw new AssertionError("docker " + String.join(" ", arguments) + " ended with " + result);
        }
        return result.output().strip();
    }

    static Result execute(String input, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output;
            try (InputStream out = process.getInputStream()) {
                output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
