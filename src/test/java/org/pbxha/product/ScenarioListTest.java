// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Lab;
import org.pbxha.report.Repository;

/** Keeps docs/scenarios.md, the list of what happens to real nodes in "make st". */
final class ScenarioListTest {
    private static final Path PAGE = Repository.TOP.resolve("docs/scenarios.md");

    @Test
    void theListIsUpToDate() throws IOException {
        String page = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("generated; run `make golden`").hasContent(page);
    }

    private static String page() throws IOException {
        Path classes = Path.of(
                Objects.requireNonNull(ScenarioListTest.class.getResource(".")).getPath());
        try (Stream<Path> files = Files.list(classes)) {
            String sections = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("ST.class"))
                    .sorted()
                    .map(name -> section(name.substring(0, name.length() - ".class".length())))
                    .collect(Collectors.joining("\n"));
            return """
                    # Scenarios

                    <!-- Generated from the system tests; `make golden` writes it anew. -->

                    What `make st` does to pairs of real PBXs: each line is a test, and its name. Every scenario begins with a
                    healthy pair, so each one also shows that the pair came home after the one before. One class alone:
                    `make st ONLY=FaultsST`. forky has Asterisk 22, bullseye Asterisk 16.

                    """ + sections;
        }
    }

    private static String section(String name) {
        Class<?> scenarios = load(name);
        String suite = scenarios.getAnnotation(Lab.class).value().name().toLowerCase(Locale.ROOT);
        return Stream.of(scenarios.getMethods(), scenarios.getDeclaredMethods())
                .flatMap(Stream::of)
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .distinct()
                .sorted()
                .map(method -> "- " + sentence(method) + "\n")
                .collect(Collectors.joining("", "## " + name + ", " + suite + "\n\n", ""));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(ScenarioListTest.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** "killedAgentComesBack": "Killed agent comes back". */
    private static String sentence(String method) {
        String words = method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return (words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1)).replaceAll("\\bsip\\b", "SIP");
    }
}
