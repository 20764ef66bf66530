// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes fail2ban leave the other node alone. Its option is replaced by a later file, not added to, and referring to
 * the earlier value is refused; so the addresses that were ignored before are repeated.
 *
 * @param directory jail.d
 */
record Fail2banIgnore(Path directory) {
    /** Read last: fail2ban takes *.local files after *.conf files, each in alphabetical order. */
    private static final String NAME = "zz-pbx-ha.local";

    private static final Pattern SECTION = Pattern.compile("\\[(\\w+)].*");
    private static final Pattern IGNORED = Pattern.compile("ignoreip\\s*[=:]\\s*(.*)");

    Path file() {
        return directory.resolve(NAME);
    }

    String render(String address) throws IOException {
        return """
                # Written by pbx-ha: the probes of the other node are not attacks.
                # Addresses before the last one are those that were ignored when this was written.
                [DEFAULT]
                ignoreip = %s
                """.formatted((inEffect() + " " + address).strip());
    }

    /** The value that counts without our file. */
    private String inEffect() throws IOException {
        Path above = directory.resolveSibling(".").normalize();
        List<Path> files = new ArrayList<>(List.of(above.resolve("jail.conf")));
        files.addAll(sorted("*.conf"));
        files.add(above.resolve("jail.local"));
        files.addAll(sorted("*.local"));
        String value = "";
        for (Path file : files) {
            value = valueIn(Lines.of(file).all(), value);
        }
        return value;
    }

    private List<Path> sorted(String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            found.forEach(files::add);
        }
        files.remove(file());
        Collections.sort(files);
        return files;
    }

    private static String valueIn(List<String> lines, String fallback) {
        String section = "";
        String value = fallback;
        boolean within = false;
        for (String line : lines) {
            Matcher header = SECTION.matcher(line);
            Matcher option = IGNORED.matcher(line);
            if (header.matches()) {
                section = header.group(1);
                within = false;
            } else if (section.equals("DEFAULT") && option.matches()) {
                value = option.group(1).strip();
                within = true;
            } else if (within && line.startsWith(" ") && !line.isBlank()) {
                value = (value + " " + line.strip()).strip();
            } else if (!line.startsWith("#")) {
                within = false;
            }
        }
        return value;
    }
}
