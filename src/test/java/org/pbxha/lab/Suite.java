// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A Debian suite that has Asterisk: the two ends of what people run. */
public enum Suite {
    /** Debian 14: Asterisk 22, PostgreSQL 18, OpenJDK 25. */
    FORKY,
    /** Debian 11: Asterisk 16, PostgreSQL 13, OpenJDK 17. */
    BULLSEYE;

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);
    private static final Map<Suite, String> IMAGES = new ConcurrentHashMap<>();

    /** The name of the suite's node image, built first if there is none of the current inputs. */
    String image() {
        return IMAGES.computeIfAbsent(this, Suite::build);
    }

    private static String build(Suite suite) {
        String script = Engine.DIRECTORY.resolve("build-image").toString();
        try {
            return HostCommand.run(BUILD_LIMIT, script, suite.name().toLowerCase(Locale.ROOT))
                    .orFail();
        } catch (IOException e) {
            throw new LabException("cannot run " + script, e);
        }
    }
}
