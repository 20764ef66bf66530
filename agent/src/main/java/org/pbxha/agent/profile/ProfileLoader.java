// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pbxha.agent.config.ConfigException;
import org.pbxha.agent.config.Problem;
import org.pbxha.agent.config.Spelling;
import org.pbxha.agent.config.TrustedFile;

/** Finds a profile by its name: the administrator's file if there is one, else the built-in one. */
public final class ProfileLoader {
    /** The names of the built-in profiles. */
    public static final List<String> BUILT_IN = List.of("xivo", "wazo", "asterisk");

    private final Path directory;

    /**
     * A loader.
     *
     * @param directory where the administrator's profiles are, one NAME.yml each; need not exist
     */
    public ProfileLoader(Path directory) {
        this.directory = directory;
    }

    /** The profile of that name, or everything that is wrong with it. */
    public Profile load(String name) throws ConfigException {
        Path own = directory.resolve(name + ".yml");
        if (Files.exists(own)) {
            return ProfileParser.parse(name, own, TrustedFile.read(own));
        }
        if (!BUILT_IN.contains(name)) {
            String near = Spelling.didYouMean(name, BUILT_IN);
            String known = "built in are " + String.join(", ", BUILT_IN);
            throw new ConfigException(
                    own, List.of(new Problem(0, "", "", "there is no profile " + name, near.isEmpty() ? known : near)));
        }
        return ProfileParser.parse(name, Path.of("built-in profile " + name), builtIn(name));
    }

    private static String builtIn(String name) {
        try (InputStream in = ProfileLoader.class.getResourceAsStream(name + ".yml")) {
            if (in == null) {
                throw new IllegalStateException("the package lacks its profile " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the built-in profile " + name, e);
        }
    }
}
