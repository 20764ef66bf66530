// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.agent.config.Section;
import org.pbxha.agent.config.Types;
import org.pbxha.agent.config.ValueType;

/** Reads the steps of a profile: sections that each have one verb and what belongs to it. */
final class StepParser {
    private static final ValueType<Duration> LIMIT = Types.duration("1s", "10m");
    private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(30);
    private static final Duration UNITS_LIMIT = Duration.ofSeconds(60);
    private static final Path NOWHERE = Path.of("/");

    private static final List<String> VERBS =
            List.of("disable", "enable", "remove", "run", "set", "start", "stop", "touch", "try-reload", "try-restart");

    private StepParser() {}

    static List<Step> parse(List<Section> sections) {
        List<Step> steps = new ArrayList<>();
        for (Section section : sections) {
            List<String> verbs = VERBS.stream().filter(section::has).toList();
            if (verbs.size() == 1) {
                steps.add(read(section, verbs.get(0)));
                section.end();
            } else {
                section.problem(
                        "",
                        verbs.isEmpty() ? "has no verb" : "has several verbs: " + verbs,
                        "a step is one of " + String.join(", ", VERBS));
            }
        }
        return steps;
    }

    private static Step read(Section section, String verb) {
        return switch (verb) {
            case "run" -> run(section);
            case "touch" -> new Step.TouchFile(section.need(verb, ProfileTypes.PATH, NOWHERE));
            case "remove" -> new Step.RemoveFile(section.need(verb, ProfileTypes.PATH, NOWHERE));
            case "set" -> set(section);
            case "start" -> start(section);
            case "stop" -> stop(section);
            case "enable" -> new Step.EnableUnits(units(section, verb));
            case "disable" -> new Step.DisableUnits(units(section, verb));
            case "try-reload" -> new Step.TryReloadUnits(units(section, verb));
            case "try-restart" -> new Step.TryRestartUnits(units(section, verb));
            default -> throw new IllegalStateException("a verb without a step: " + verb);
        };
    }

    private static Step run(Section section) {
        return new Step.RunProgram(
                section.need("run", ProfileTypes.ARGV, List.of("/")),
                section.find("limit", LIMIT).orElse(PROGRAM_LIMIT),
                section.find("required", ProfileTypes.FLAG).orElse(false),
                section.find("once-per-takeover", ProfileTypes.FLAG).orElse(false),
                section.find("retry-for", LIMIT).orElse(Duration.ZERO));
    }

    private static Step set(Section section) {
        return new Step.SetVariable(
                section.need("in", ProfileTypes.PATH, NOWHERE),
                section.need("set", ProfileTypes.VARIABLE, ""),
                section.need("to", ProfileTypes.VARIABLE_VALUE, ""));
    }

    private static Step start(Section section) {
        List<String> units = units(section, "start");
        boolean wait = section.find("wait", ProfileTypes.FLAG).orElse(true);
        if (!wait && (section.has("limit") || section.has("required"))) {
            section.problem("wait", "is false, so neither a limit nor required units mean anything", "remove them");
        }
        Duration limit = section.find("limit", LIMIT).orElse(UNITS_LIMIT);
        return new Step.StartUnits(units, required(section, units), wait ? limit : Duration.ZERO);
    }

    private static Step stop(Section section) {
        List<String> units = units(section, "stop");
        return new Step.StopUnits(
                units, required(section, units), section.find("limit", LIMIT).orElse(UNITS_LIMIT));
    }

    private static List<String> units(Section section, String verb) {
        return section.need(verb, ProfileTypes.UNITS, List.of());
    }

    private static List<String> required(Section section, List<String> units) {
        List<String> required = section.find("required", ProfileTypes.UNITS).orElse(List.of());
        for (String unit : required) {
            if (!units.contains(unit)) {
                section.problem("required", unit + " is not among the units of this step", "");
            }
        }
        return required;
    }
}
