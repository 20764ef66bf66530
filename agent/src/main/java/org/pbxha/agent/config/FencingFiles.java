// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pbxha.agent.core.Role;

/**
 * The files that the methods of fencing need beside the configuration. They are looked at when the agent starts: what is
 * missing must not be found out at night.
 *
 * @param options directory of the options of fence agents
 * @param hooks directory of the administrator's programs that fence
 * @param key private key of {@code ssh}
 */
public record FencingFiles(Path options, Path hooks, Path key) {
    /** All that the configured methods lack. Only a slave fences, so a master lacks nothing. */
    public List<Problem> problems(Settings settings) {
        return settings.role() == Role.SLAVE
                ? settings.fencing().methods().stream()
                        .flatMap(method -> problems(method).stream())
                        .toList()
                : List.of();
    }

    private List<Problem> problems(FencingMethod method) {
        return switch (method.kind()) {
            case SSH ->
                Files.exists(key)
                        ? List.of()
                        : problem(method, "there is no key " + key, "pair the nodes again with this version");
            case HOOK ->
                isEmpty(hooks)
                        ? problem(method, "there is no program in " + hooks, "put one there that fences the master")
                        : List.of();
            case AGENT -> agent(method);
        };
    }

    private List<Problem> agent(FencingMethod method) {
        Path program = method.agent();
        if (!Files.isExecutable(program)) {
            return problem(method, "there is no program " + program, "apt search fence-agents, and install it");
        }
        if (!Files.exists(method.options(options))) {
            return problem(
                    method,
                    "there is no " + method.options(options),
                    "write its options there, key=value, and chmod 600; see man " + program.getFileName());
        }
        try {
            List<String> distrust = TrustedFile.distrust(program);
            if (!distrust.isEmpty()) {
                return problem(method, String.join(", ", distrust), "reinstall its package");
            }
            FencingOptions.read(method.options(options));
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream()
                    .flatMap(found -> problem(method, e.file() + ": " + found.text(), "").stream())
                    .toList();
        } catch (IOException e) {
            return problem(method, program + " cannot be looked at: " + e, "");
        }
    }

    private static boolean isEmpty(Path directory) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        } catch (IOException e) {
            return true;
        }
    }

    private static List<Problem> problem(FencingMethod method, String reason, String suggestion) {
        return List.of(new Problem(0, Options.FENCING_METHODS.key(), method.word(), reason, suggestion));
    }
}
