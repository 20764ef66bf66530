// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.control;

/** The exit codes of the command line, all of them. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** The operation failed; the message says why. */
    public static final int FAILED = 1;
    /** The command line was wrong. */
    public static final int USAGE = 2;
    /** The agent does not run or does not answer. */
    public static final int NO_AGENT = 3;
    /** Refused: the state of the pair forbids it. */
    public static final int REFUSED = 4;
    /** The configuration is wrong; all problems are listed. */
    public static final int CONFIGURATION = 78;

    private ExitCode() {}
}
