// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.List;
import java.util.Locale;

/** Sizes for people. */
final class Bytes {
    private static final int KILO = 1024;
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

    private Bytes() {}

    /** A size such as "96 kB" or "1.4 GB". */
    static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= KILO && unit < UNITS.size() - 1) {
            value /= KILO;
            unit++;
        }
        boolean exact = value >= 10 || value == Math.rint(value);
        return String.format(Locale.ROOT, exact ? "%.0f %s" : "%.1f %s", value, UNITS.get(unit));
    }
}
