// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.pbxha.agent.state.BootId;

/** Time since this host booted, for facts. */
public final class Uptime {
    private Uptime() {}

    /** Reads it. */
    public static Duration read() {
        try {
            return BootId.uptime();
        } catch (IOException e) {
            throw new UncheckedIOException("the kernel does not say for how long this host is up", e);
        }
    }
}
