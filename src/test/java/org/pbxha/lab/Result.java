// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.util.List;

/**
 * What a command on a machine of the lab came to.
 *
 * @param command the program and its arguments
 * @param exit its exit code
 * @param out all it wrote to its standard output
 * @param err all it wrote to its standard error
 */
public record Result(List<String> command, int exit, String out, String err) {
    public Result {
        command = List.copyOf(command);
    }

    /** Whether the command exited with 0. */
    public boolean ok() {
        return exit == 0;
    }

    /**
     * The standard output without the end of the last line.
     *
     * @throws LabException when the command failed
     */
    public String orFail() {
        if (!ok()) {
            throw new LabException(toString());
        }
        return out.stripTrailing();
    }

    @Override
    public String toString() {
        return String.join(" ", command) + " exited with " + exit + "\n" + out + err;
    }
}
