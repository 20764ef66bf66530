// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.profile.Profile.OldHa;
import org.pbxha.agent.setup.Change;

/**
 * An older high availability is retired: two of them would fight over the services.
 *
 * @param oldHa its traces
 * @param postgres directory of PostgreSQL's clusters
 * @param neighbours the running PostgreSQL
 */
record OldHaChanges(OldHa oldHa, Path postgres, Neighbours neighbours) {
    /** Everything of it that is on this node, for people. */
    List<String> found() throws IOException {
        List<String> found = new ArrayList<>();
        for (Change change : all()) {
            if (!change.isDone()) {
                found.add(change.id().substring(change.id().indexOf(' ') + 1));
            }
        }
        return found;
    }

    List<Change> all() throws IOException {
        List<Change> changes = new ArrayList<>();
        Stream.of(oldHa.cronFiles(), List.of(oldHa.configuration()), oldHa.markerFiles())
                .flatMap(List::stream)
                .forEach(file -> changes.add(removal(file)));
        for (Path cluster : clusters()) {
            changes.addAll(postgresLines(cluster));
        }
        return changes;
    }

    private static Change removal(Path file) {
        String words = "retire " + file + " of the older high availability";
        return new FileChange(Kind.OLDFILE, file, Optional.empty(), FileAccess.PUBLIC, words, Reload.NONE);
    }

    /** Whoever opened the database to the network for other reasons has no such line for the other node. */
    private List<Change> postgresLines(Path cluster) throws IOException {
        Path hba = cluster.resolve("pg_hba.conf");
        Path settings = cluster.resolve("postgresql.conf");
        String trusting = Pattern.quote(oldHa.hbaPrefix()) + ".*\\strust\\b";
        String listening = Pattern.quote(oldHa.listenPrefix()) + "\\s*=?\\s*'\\*'";
        if (Lines.of(hba).matching(trusting).isEmpty()) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        if (Files.exists(settings)) {
            changes.add(lines(
                    settings,
                    listening,
                    "close the database to the network in " + settings + ", from PostgreSQL's next restart on"));
        }
        changes.add(lines(hba, trusting, "take the other node's access without a password out of " + hba));
        return changes;
    }

    private Change lines(Path file, String pattern, String words) {
        return new LinesChange(Kind.OLDLINES, file, pattern, List.of(), words, neighbours::reloadPostgres);
    }

    private List<Path> clusters() throws IOException {
        List<Path> clusters = new ArrayList<>();
        if (Files.isDirectory(postgres)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(postgres)) {
                versions.forEach(version -> clusters.add(version.resolve("main")));
            }
        }
        Collections.sort(clusters);
        return clusters;
    }
}
