// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.Problem;
import org.pbxha.agent.config.Section;
import org.pbxha.agent.config.yaml.StrictYaml;
import org.pbxha.agent.profile.Profile.OldHa;

/** Reads a profile, or says everything that is wrong with it. */
final class ProfileParser {
    private static final Path NOWHERE = Path.of("/");

    private ProfileParser() {}

    static Profile parse(String name, Path file, String text) throws ConfigException {
        StrictYaml.Document document = StrictYaml.read(text);
        List<Problem> problems = new ArrayList<>();
        document.problems().forEach(p -> problems.add(new Problem(p.line(), p.key(), "", p.reason(), p.suggestion())));
        if (!problems.isEmpty() && document.root().entries().isEmpty()) {
            throw new ConfigException(file, problems);
        }
        Section root = Section.root(document.root(), problems);
        Profile profile = new Profile(
                name,
                root.need("description", ProfileTypes.TEXT, ""),
                root.findSection("database").map(DatabaseParser::parse),
                root.need("directories", ProfileTypes.DIRECTORIES, List.of()),
                root.need("gated-units", ProfileTypes.UNITS, List.of()),
                asterisk(root.needSection("asterisk")),
                root.need("fail2ban-directory", ProfileTypes.PATH, NOWHERE),
                root.find("provisioning-server", ProfileTypes.SERVER),
                root.findSection("old-ha").map(ProfileParser::oldHa),
                steps(root, "start"),
                steps(root, "stop"));
        root.end();
        checkGate(root, profile);
        if (!problems.isEmpty()) {
            throw new ConfigException(file, problems);
        }
        return profile;
    }

    private static List<Step> steps(Section root, String key) {
        List<Step> steps = StepParser.parse(root.sections(key));
        if (steps.isEmpty()) {
            root.problem(key, "has no steps", "");
        }
        return steps;
    }

    private static Profile.Asterisk asterisk(Section section) {
        Profile.Asterisk asterisk = new Profile.Asterisk(
                section.need("manager-directory", ProfileTypes.PATH, NOWHERE),
                section.need("pjsip-file", ProfileTypes.PATH, NOWHERE),
                section.find("pjsip-directory", ProfileTypes.PATH));
        section.end();
        return asterisk;
    }

    private static OldHa oldHa(Section section) {
        OldHa oldHa = new OldHa(
                section.need("configuration", ProfileTypes.PATH, NOWHERE),
                section.need("cron-files", ProfileTypes.PATHS, List.of()),
                section.find("marker-files", ProfileTypes.PATHS).orElse(List.of()),
                section.need("hba-prefix", ProfileTypes.TEXT, ""),
                section.need("listen-prefix", ProfileTypes.TEXT, ""));
        section.end();
        return oldHa;
    }

    /** What leaves service must be behind the gate, or the next package upgrade or reboot starts it on the standby node. */
    private static void checkGate(Section root, Profile profile) {
        Set<String> stopped = new LinkedHashSet<>();
        Set<String> started = new LinkedHashSet<>();
        for (Step step : profile.stop()) {
            if (step instanceof Step.StopUnits units) {
                stopped.addAll(units.units());
            }
        }
        for (Step step : profile.start()) {
            if (step instanceof Step.StartUnits units) {
                started.addAll(units.units());
            }
        }
        for (String unit : stopped) {
            report(root, profile.gatedUnits().contains(unit), unit + " is stopped on the standby node but not gated");
        }
        for (String unit : profile.gatedUnits()) {
            report(root, stopped.contains(unit), unit + " is gated but 'stop' does not stop it");
            report(root, started.contains(unit), unit + " is gated but 'start' does not start it");
        }
    }

    private static void report(Section root, boolean fine, String reason) {
        if (!fine) {
            root.problem("gated-units", reason, "");
        }
    }
}
