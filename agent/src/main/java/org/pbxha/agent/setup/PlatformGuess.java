// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.nio.file.Files;
import java.nio.file.Path;

/** Which profile fits this node, by the platform's own programs. */
public final class PlatformGuess {
    private PlatformGuess() {}

    /** The name of a built-in profile. Wazo keeps some directories of XiVO, so it is asked for first. */
    public static String profile(Path root) {
        if (Files.exists(root.resolve("usr/bin/wazo-service"))) {
            return "wazo";
        }
        boolean xivo =
                Files.exists(root.resolve("usr/bin/xivo-service")) || Files.isDirectory(root.resolve("etc/xivo"));
        return xivo ? "xivo" : "asterisk";
    }
}
