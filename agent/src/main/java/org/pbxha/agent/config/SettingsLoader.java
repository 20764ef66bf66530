// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pbxha.agent.config.yaml.StrictYaml;

/** Reads pbx-ha.yml: either all of it is right, or it is refused with everything that is wrong. Nothing is adjusted silently. */
public final class SettingsLoader {
    /** Where the configuration of a node is. */
    public static final Path DEFAULT_FILE = Path.of("/etc/pbx-ha/pbx-ha.yml");

    private SettingsLoader() {}

    /** What a file says, and what was made of it. */
    public record Loaded(Settings settings, List<ShownOption> options) {}

    /**
     * One option as {@code config show} prints it.
     *
     * @param value effective value, {@code -} when there is none
     * @param line where the file gives it, 0 for a default
     * @param origin where the value comes from, for people
     */
    public record ShownOption(String key, String value, int line, String origin) {}

    /** The settings of a file. */
    public static Settings load(Path file) throws ConfigException {
        return loadShown(file).settings();
    }

    /** The settings of a file together with the origin of each value. */
    public static Loaded loadShown(Path file) throws ConfigException {
        return parse(file, TrustedFile.read(file));
    }

    /** The settings that a text would give as that file. */
    public static Loaded parse(Path file, String text) throws ConfigException {
        StrictYaml.Document document = StrictYaml.read(text);
        List<Problem> problems = new ArrayList<>(document.problems().stream()
                .map(p -> new Problem(p.line(), p.key(), "", p.reason(), p.suggestion()))
                .collect(Collectors.toList()));
        boolean unreadable = !problems.isEmpty() && document.root().entries().isEmpty();
        if (unreadable) {
            // Everything would be "missing" as well: noise.
            throw new ConfigException(file, problems);
        }
        OptionValues values = OptionReader.read(document.root(), problems);
        problems.addAll(Contradictions.find(values));
        problems.addAll(exposedSecrets(values));
        if (!problems.isEmpty()) {
            throw new ConfigException(file, problems);
        }
        return new Loaded(
                Settings.from(values),
                Options.ALL.stream().map(option -> shown(option, values)).toList());
    }

    /** A writer that holds every value that a usable file gives. */
    public static SettingsWriter writer(Path file) throws ConfigException {
        OptionValues values =
                OptionReader.read(StrictYaml.read(TrustedFile.read(file)).root(), new ArrayList<>());
        SettingsWriter writer = new SettingsWriter();
        Options.ALL.forEach(option -> copy(option, values, writer));
        return writer;
    }

    private static <T> void copy(Option<T> option, OptionValues values, SettingsWriter writer) {
        if (values.isGiven(option)) {
            writer.set(option, values.get(option));
        }
    }

    private static List<Problem> exposedSecrets(OptionValues values) {
        List<Problem> problems = new ArrayList<>();
        for (Option<Path> option : List.of(
                Options.ASTERISK_AMI_SECRET_FILE, Options.DATABASE_PASSWORD_FILE, Options.EVENTS_PASSWORD_FILE)) {
            values.find(option)
                    .ifPresent(file -> TrustedFile.exposure(file)
                            .ifPresent(reason -> problems.add(new Problem(
                                    values.line(option), option.key(), file.toString(), reason, "chmod 600 " + file))));
        }
        return problems;
    }

    private static <T> ShownOption shown(Option<T> option, OptionValues values) {
        int line = values.line(option);
        String value = values.find(option).map(option::show).orElse("-");
        String origin = option.fallback().isPresent()
                ? "default"
                : "default: " + option.fallbackProse().replace("`", "");
        return new ShownOption(option.key(), value, line, line > 0 ? "line " + line : origin);
    }
}
