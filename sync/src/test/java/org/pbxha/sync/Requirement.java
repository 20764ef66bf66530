// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a test cannot do without. A developer's machine may lack it; the build that counts (CI=true) may not. */
public final class Requirement {
    private Requirement() {}

    /** Goes on when this program is installed. */
    public static void program(String path, String debianPackage) {
        check(Files.isExecutable(Path.of(path)), path + " is missing (Debian package " + debianPackage + ")");
    }

    /** Goes on when the test runs as root: owners and chroots need it. */
    public static void root() {
        check("root".equals(System.getProperty("user.name")), "this test needs root");
    }

    /** Goes on, skips the test and says why, or fails it when CI=true. */
    private static void check(boolean met, String message) {
        if (!met && "true".equals(System.getenv("CI"))) {
            fail(message);
        }
        assumeTrue(met, message);
    }
}
