// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;

/**
 * The gated units get a drop-in: a link to the package's, so that with the package gone it dangles and the units start as
 * before. Units that this node does not have get one too: should one be installed later, it must not start on a standby.
 *
 * @param systemd directory of the administrator's units
 * @param gate what the links point to
 * @param units all that are to be gated, and no others
 * @param present those of them that this node has, for people
 * @param reload tells systemd
 */
record GateChange(Path systemd, Path gate, List<String> units, List<String> present, Reload reload) implements Change {
    private static final String NAME = "50-pbx-ha.conf";

    static Undo undo(Path gate, Reload reload) {
        return (subject, memory) -> {
            List<Path> links = links(Path.of(subject), gate);
            for (Path link : links) {
                remove(link);
            }
            reload.run();
            return "gate of " + links.size() + " units: removed";
        };
    }

    @Override
    public String id() {
        return Kind.GATE.of(systemd);
    }

    @Override
    public String describe() {
        return "let telephony start only while this node is active: " + String.join(" ", present);
    }

    @Override
    public boolean isDone() throws IOException {
        return wanted().equals(new TreeSet<>(links(systemd, gate)));
    }

    @Override
    public Map<String, String> before() {
        return Map.of();
    }

    @Override
    public void apply() throws IOException {
        Set<Path> wanted = wanted();
        for (Path link : links(systemd, gate)) {
            if (!wanted.contains(link)) {
                remove(link);
            }
        }
        for (Path link : wanted) {
            make(link);
        }
        reload.run();
    }

    private Set<Path> wanted() {
        Set<Path> wanted = new TreeSet<>();
        units.forEach(unit -> wanted.add(systemd.resolve(unit + ".d").resolve(NAME)));
        return wanted;
    }

    private void make(Path link) throws IOException {
        Path directory = link.resolveSibling(".").normalize();
        AtomicFile.makeDirectory(directory, "rwxr-xr-x");
        Path fresh = link.resolveSibling("." + NAME + ".new");
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, gate);
        Files.move(fresh, link, ATOMIC_MOVE);
        AtomicFile.flush(directory);
    }

    private static void remove(Path link) throws IOException {
        AtomicFile.delete(link);
        try {
            Files.delete(link.resolveSibling(".").normalize());
        } catch (DirectoryNotEmptyException e) {
            // The administrator has drop-ins of his own there: it stays.
            return;
        }
    }

    /** All drop-ins that are links to ours. */
    private static List<Path> links(Path systemd, Path gate) throws IOException {
        List<Path> links = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(systemd, "*.d")) {
            for (Path directory : directories) {
                Path link = directory.resolve(NAME);
                if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(gate)) {
                    links.add(link);
                }
            }
        }
        return links;
    }
}
