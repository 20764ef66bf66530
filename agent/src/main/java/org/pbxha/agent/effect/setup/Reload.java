// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;

/** Makes a running program take over a file that has changed. */
@FunctionalInterface
interface Reload {
    /** Nothing has to be told. */
    Reload NONE = () -> {};

    /** Tells it; fine when the program does not run, since it reads the file when it starts. */
    void run() throws IOException;
}
