// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration or profile file that cannot be used, with everything that is wrong with it. The command line ends with 78. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient Path file;

    public ConfigException(Path file, List<Problem> problems) {
        super(message(file, sorted(problems)));
        this.file = file;
        this.problems = sorted(problems);
    }

    /** The file concerned. */
    public Path file() {
        return file;
    }

    /** All problems, in the order of the file; those without a line come last. */
    public List<Problem> problems() {
        return problems;
    }

    /** What to do next. */
    public String hint() {
        return "repair " + file + ", then run: pbx-ha config check";
    }

    private static List<Problem> sorted(List<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparingInt(p -> p.line() == 0 ? Integer.MAX_VALUE : p.line()))
                .toList();
    }

    private static String message(Path file, List<Problem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream().map(p -> "\n  " + p.text()).collect(Collectors.joining("", file + ": " + count, ""));
    }
}
