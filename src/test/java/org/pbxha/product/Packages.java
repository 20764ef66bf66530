// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pbxha.report.Repository;

/** The Debian packages under test: what "make deb" built. */
public final class Packages {
    private Packages() {}

    /** The package pbx-ha. */
    public static Path agent() {
        return one("pbx-ha_*_all.deb");
    }

    /** The package pbx-ha-xivo-compat. */
    public static Path xivoCompat() {
        return one("pbx-ha-xivo-compat_*_all.deb");
    }

    private static Path one(String pattern) {
        Path directory = directory();
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
            files.forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException("no packages in " + directory + "; build them with: make deb", e);
        }
        if (found.size() != 1) {
            throw new IllegalStateException(directory + " holds " + found.size() + " files " + pattern
                    + ", not one; build them with: make deb");
        }
        return found.get(0);
    }

    /** Named by -Ddeb.directory; else where the build leaves them. */
    private static Path directory() {
        String named = System.getProperty("deb.directory", "");
        return named.isEmpty() ? Repository.TOP.resolve("target/deb") : Path.of(named);
    }
}
