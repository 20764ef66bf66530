// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.agent.config.CategoryFate;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.FencingFiles;
import org.pbxha.agent.config.Option;
import org.pbxha.agent.config.Options;
import org.pbxha.agent.config.Problem;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.config.SettingsLoader;
import org.pbxha.agent.config.Spelling;

/**
 * All that is configured about this node: its settings and the profile they name, each right and both right together.
 *
 * @param options each option with its value and origin, for people
 */
public record NodeConfiguration(Settings settings, Profile profile, List<SettingsLoader.ShownOption> options) {

    /**
     * Reads the configuration of a node.
     *
     * @param file the settings
     * @param profiles directory of the administrator's profiles
     * @param fencing what the methods of fencing need
     * @throws ConfigException with everything that is wrong with the settings or, when they are right, with the profile
     */
    public static NodeConfiguration load(Path file, Path profiles, FencingFiles fencing) throws ConfigException {
        SettingsLoader.Loaded loaded = SettingsLoader.loadShown(file);
        Profile profile = new ProfileLoader(profiles).load(loaded.settings().profile());
        NodeConfiguration configuration = new NodeConfiguration(loaded.settings(), profile, loaded.options());
        List<Problem> problems = new ArrayList<>(configuration.disagreements());
        fencing.problems(loaded.settings())
                .forEach(found -> problems.add(configuration.inFile(Options.FENCING_METHODS, found)));
        if (!problems.isEmpty()) {
            throw new ConfigException(file, problems);
        }
        return configuration;
    }

    private List<Problem> disagreements() {
        List<Problem> problems = new ArrayList<>();
        for (Path extra : settings.sync().extraDirectories()) {
            for (Path known : profile.directories()) {
                if (extra.startsWith(known) || known.startsWith(extra)) {
                    problems.add(problem(
                            Options.SYNC_EXTRA_DIRECTORIES,
                            extra + (extra.equals(known) ? " is" : " overlaps") + " a directory of the profile "
                                    + profile.name() + (extra.equals(known) ? "" : ", " + known),
                            "leave it out"));
                }
            }
        }
        if (settings.database().name().isPresent() && profile.database().isEmpty()) {
            problems.add(problem(
                    Options.DATABASE_NAME,
                    "the profile " + profile.name() + " says nothing about a database",
                    "write a profile that names the owner of its tables and the tables to leave alone"));
        }
        problems.addAll(unknownCategories());
        if (settings.events().url().isPresent()) {
            problems.addAll(eventsOfBothNodes());
        }
        return problems;
    }

    private List<Problem> eventsOfBothNodes() {
        if (profile.database().isEmpty()) {
            return List.of(problem(
                    Options.EVENTS_TARGET,
                    "the profile " + profile.name() + " says nothing about a database whose events could be shipped",
                    "leave it out, or write a profile that names the database"));
        }
        Profile.Database database = profile.database().get();
        return settings.events().tables().stream()
                .filter(table ->
                        database.fate(table, settings.replication().categories()) == CategoryFate.Fate.REPLICATE)
                .map(table -> problem(
                        Options.EVENTS_TABLES,
                        table + " is replicated to the slave, and both nodes would ship the same rows",
                        "leave it out, or let replication leave it alone (replication.categories)"))
                .toList();
    }

    private List<Problem> unknownCategories() {
        List<String> known = profile.database().stream()
                .flatMap(database -> database.categories().stream())
                .map(Profile.Category::name)
                .toList();
        return settings.replication().categories().stream()
                .map(CategoryFate::category)
                .filter(category -> !known.contains(category))
                .map(category -> problem(
                        Options.REPLICATION_CATEGORIES,
                        "the profile " + profile.name() + " has no category " + category,
                        unknown(category, known)))
                .toList();
    }

    private static String unknown(String category, List<String> known) {
        String near = Spelling.didYouMean(category, known);
        return near.isEmpty() && !known.isEmpty() ? "it has " + String.join(", ", known) : near;
    }

    private Problem problem(Option<?> option, String reason, String suggestion) {
        return inFile(option, new Problem(0, option.key(), "", reason, suggestion));
    }

    /** A problem with the line on which its option stands. */
    private Problem inFile(Option<?> option, Problem problem) {
        int line = options.stream()
                .filter(shown -> shown.key().equals(option.key()))
                .mapToInt(SettingsLoader.ShownOption::line)
                .findFirst()
                .orElse(0);
        return new Problem(line, problem.key(), problem.value(), problem.reason(), problem.suggestion());
    }
}
