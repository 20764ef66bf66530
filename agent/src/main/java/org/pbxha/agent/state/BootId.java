// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What tells one boot of this host from the next. */
public final class BootId {
    private static final Path INIT = Path.of("/proc/1/stat");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final int START_TIME_FIELD = 22;
    private static final long TICKS_PER_SECOND = 100;

    private BootId() {}

    /**
     * An id that is the same until the next boot. The kernel's boot id alone would not do in a container, whose boot
     * is the start of its init process; so that start belongs to it.
     */
    public static String current() throws IOException {
        return Files.readString(BOOT_ID).trim() + "-" + initStartTicks();
    }

    /** Time since this host, or container, booted. */
    public static Duration uptime() throws IOException {
        String seconds = Files.readString(UPTIME).split(" ", 2)[0];
        double sinceInit = Double.parseDouble(seconds) - (double) initStartTicks() / TICKS_PER_SECOND;
        return Duration.ofMillis(Math.round(sinceInit * 1000));
    }

    private static long initStartTicks() throws IOException {
        String stat = Files.readString(INIT);
        // The process name, field 2, is in parentheses and may hold spaces.
        String afterName = stat.substring(stat.lastIndexOf(')') + 2);
        return Long.parseLong(afterName.split(" ", -1)[START_TIME_FIELD - 3]);
    }
}
