// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All that a key may do: start one program.
 *
 * @param program absolute path
 * @param from the only address from which the key is accepted; empty for any
 */
public record ForcedCommand(Path program, Optional<String> from) {
    private static final Pattern PROGRAM = Pattern.compile("/[A-Za-z0-9_./-]+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]+");

    public ForcedCommand {
        if (!PROGRAM.matcher(program.toString()).matches()) {
            throw new IllegalArgumentException("not a plain absolute path: " + program);
        }
        if (!ADDRESS.matcher(from.orElse("::")).matches()) {
            throw new IllegalArgumentException("not a plain IP address: " + from.orElseThrow());
        }
    }

    /** A program for a key that is accepted from anywhere. */
    public ForcedCommand(Path program) {
        this(program, Optional.empty());
    }

    /** The options of the key's line in authorized_keys. */
    String options() {
        return "restrict," + from.map(address -> "from=\"" + address + "\",").orElse("") + "command=\"" + program
                + "\"";
    }
}
