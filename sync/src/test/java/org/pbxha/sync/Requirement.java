// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** A program that a test cannot do without. A developer's machine may lack it; the build that counts (CI=true) may not. */
public final class Requirement {
    private Requirement() {}

    /** Goes on, skips the test and says why, or fails it when CI=true. */
    public static void program(String path, String debianPackage) {
        if (Files.isExecutable(Path.of(path))) {
            return;
        }
        String message = path + " is missing (Debian package " + debianPackage + ")";
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        abort(message);
    }
}
