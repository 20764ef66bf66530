// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this process may open raw sockets, which a ping needs: the effective capability CAP_NET_RAW, as Linux tells it. */
record RawSocketRight(Path status) {
    static final RawSocketRight OF_THIS_PROCESS = new RawSocketRight(Path.of("/proc/self/status"));

    private static final String EFFECTIVE = "CapEff:";
    private static final long CAP_NET_RAW = 1L << 13;
    private static final int HEXADECIMAL = 16;

    boolean isHeld() throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(EFFECTIVE)) {
                String mask = line.substring(EFFECTIVE.length()).strip();
                return (Long.parseUnsignedLong(mask, HEXADECIMAL) & CAP_NET_RAW) != 0;
            }
        }
        throw new IOException(status + " does not tell the capabilities of this process");
    }
}
