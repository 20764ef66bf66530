// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a file. Each byte is one character, so that lines in any encoding come out as they went in.
 *
 * @param all without their newlines
 */
record Lines(List<String> all) {
    /** The lines of a file, none when it does not exist. */
    static Lines of(Path file) throws IOException {
        return of(FileMemory.read(file).orElse(new byte[0]));
    }

    static Lines of(byte[] content) {
        List<String> lines = Arrays.asList(new String(content, ISO_8859_1).split("\n", -1));
        boolean complete = lines.get(lines.size() - 1).isEmpty();
        return new Lines(complete ? lines.subList(0, lines.size() - 1) : lines);
    }

    List<String> matching(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return all.stream().filter(line -> compiled.matcher(line).lookingAt()).toList();
    }

    List<String> without(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return all.stream().filter(line -> !compiled.matcher(line).lookingAt()).toList();
    }

    static String join(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
