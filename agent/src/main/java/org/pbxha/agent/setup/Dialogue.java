// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;

/** The administrator who runs setup. */
public interface Dialogue {
    /** Prints a line. */
    void say(String line);

    /** Prints what went wrong and what to do next. */
    void problem(String sentence, String next);

    /** Whether somebody is there to be asked. */
    boolean canAsk();

    /** Asks for a line and returns it; empty when there is none. It comes from standard input, whether typed or piped. */
    String ask(String prompt) throws IOException;
}
