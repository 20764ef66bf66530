// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.pbxha.agent.config.DurationText;
import org.pbxha.agent.profile.Step.RunProgram;
import org.pbxha.agent.profile.Step.StartUnits;
import org.pbxha.agent.profile.Step.StopUnits;

/** A profile in words, for {@code pbx-ha config profile} and for review. */
public final class ProfileText {
    private ProfileText() {}

    /** Everything a profile says, as lines. */
    public static String render(Profile profile) {
        StringBuilder text = new StringBuilder();
        text.append(profile.name()).append(": ").append(profile.description()).append('\n');
        steps(text, "Into service", profile.start());
        steps(text, "Out of service", profile.stop());
        block(text, "Start only through the gate", profile.gatedUnits());
        block(text, "Synchronised directories", profile.directories());
        profile.database().ifPresent(database -> database(text, database));
        asterisk(text, profile);
        profile.oldHa().ifPresent(oldHa -> oldHa(text, oldHa));
        return text.toString();
    }

    private static void steps(StringBuilder text, String title, List<Step> steps) {
        text.append('\n').append(title).append(":\n");
        int number = 1;
        for (Step step : steps) {
            text.append("  %2d. %s%s%n".formatted(number++, step.text(), notes(step)));
        }
    }

    private static String notes(Step step) {
        if (step instanceof RunProgram run) {
            return " (at most " + DurationText.print(run.limit())
                    + (run.retryFor().isZero() ? "" : ", tried for " + DurationText.print(run.retryFor()))
                    + (run.oncePerTakeover() ? ", once per takeover" : "")
                    + (run.required() ? ", required)" : ")");
        }
        if (step instanceof StartUnits start && !start.limit().isZero()) {
            return units(start.required(), start.limit());
        }
        return step instanceof StopUnits stop ? units(stop.required(), stop.limit()) : "";
    }

    private static String units(List<String> required, Duration limit) {
        String must = required.isEmpty() ? "" : ", required: " + String.join(" ", required);
        return " (at most " + DurationText.print(limit) + must + ")";
    }

    private static void block(StringBuilder text, String title, List<?> lines) {
        text.append('\n').append(title).append(":\n");
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }

    private static void database(StringBuilder text, Profile.Database database) {
        text.append("\nDatabase ").append(database.name()).append(", schema ").append(database.schema());
        text.append(", owner ").append(database.owner()).append(". Compared, not copied: ");
        text.append(String.join(" ", database.versionTables())).append('\n');
        for (Profile.Category category : database.categories()) {
            text.append("  %s: %s (%s): ".formatted(category.fate().word(), category.name(), category.reason()));
            text.append(String.join(" ", category.tables())).append('\n');
        }
        text.append("  ").append(database.unnamed().word()).append(": every other table\n");
    }

    private static void asterisk(StringBuilder text, Profile profile) {
        Profile.Asterisk asterisk = profile.asterisk();
        text.append("\nTakes additions:\n  ").append(asterisk.managerDirectory());
        text.append("\n  ").append(asterisk.pjsipFile());
        asterisk.pjsipDirectory()
                .ifPresent(directory -> text.append(", which includes ").append(directory));
        text.append("\n  ").append(profile.fail2banDirectory()).append('\n');
        profile.provisioningServer()
                .ifPresent(server -> text.append("  the provisioning server at ")
                        .append(server)
                        .append('\n'));
    }

    private static void oldHa(StringBuilder text, Profile.OldHa oldHa) {
        text.append("\nOlder high availability:\n  ")
                .append(oldHa.configuration())
                .append('\n');
        text.append(oldHa.cronFiles().stream().map(file -> "  " + file + "\n").collect(Collectors.joining()));
        text.append(oldHa.markerFiles().stream().map(file -> "  " + file + "\n").collect(Collectors.joining()));
        text.append("  lines of pg_hba.conf that begin with '")
                .append(oldHa.hbaPrefix())
                .append("'\n");
        text.append("  lines of postgresql.conf that begin with '")
                .append(oldHa.listenPrefix())
                .append("'\n");
    }
}
