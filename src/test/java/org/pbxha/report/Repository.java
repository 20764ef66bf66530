// SPDX-License-Identifier: Apache-2.0
package org.pbxha.report;

import java.nio.file.Path;

/** Where things are in the source tree. */
public final class Repository {
    /** The top directory. */
    public static final Path TOP = Path.of(System.getProperty("lab.directory", "src/test/lab"))
            .toAbsolutePath()
            .resolve("../../..")
            .normalize();

    private Repository() {}
}
