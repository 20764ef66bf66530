// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.pbxha.agent.config.ValueType.Single;

/** Directories that can be synchronised: not the system itself, and not what makes each node a node of its own. */
final class Directories {
    private static final List<Path> REFUSED = List.of(
            Path.of("/proc"), Path.of("/sys"), Path.of("/dev"), Path.of("/run"), Path.of("/boot"), Path.of("/tmp"));
    private static final List<Path> OWN = List.of(Path.of("/etc/pbx-ha"), Path.of("/var/lib/pbx-ha"));

    /** What the configuration file of an rsync daemon cannot hold. */
    private static final Pattern UNWRITABLE = Pattern.compile("\\p{Cntrl}|%|\\\\|\\s$");

    private Directories() {}

    static ValueType<Path> synchronised() {
        return new Single<>("absolute path of a directory", Directories::parse, Path::toString);
    }

    private static Path parse(String text) throws BadValueException {
        Path path = Types.absolute(text);
        if (UNWRITABLE.matcher(text).find()) {
            throw new BadValueException(
                    "has a control character, %, \\ or a blank at its end in its name", "rename it");
        }
        if (path.getNameCount() < 2) {
            throw new BadValueException(
                    "is too much: files missing on the master are removed on the slave", "name a directory inside it");
        }
        if (REFUSED.stream().anyMatch(path::startsWith)) {
            throw new BadValueException("belongs to the running system", "");
        }
        if (OWN.stream().anyMatch(own -> path.startsWith(own) || own.startsWith(path))) {
            throw new BadValueException(
                    "holds the keys and the state of this node",
                    "they differ between the nodes and are not synchronised");
        }
        return path;
    }
}
