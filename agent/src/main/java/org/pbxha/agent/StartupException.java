// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

/** The agent cannot start; the message says why and what to do, the exit code tells systemd whether to try again. */
public final class StartupException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    StartupException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    StartupException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The exit code of the process. */
    public int exitCode() {
        return exitCode;
    }
}
