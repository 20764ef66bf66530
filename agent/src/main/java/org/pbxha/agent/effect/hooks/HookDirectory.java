// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.pbxha.agent.log.PlainText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks of a node: one directory for each event, hooks in the order of their names, named as for run-parts. */
final class HookDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(HookDirectory.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private final Path root;
    private final Set<Path> skipped = ConcurrentHashMap.newKeySet();

    HookDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * What is there for an event, in the order in which it is to run; empty when there is no such directory. Whether a
     * file may be run is not looked at. Names that a hook cannot have are said once in the life of the agent.
     */
    List<Path> hooks(HookEvent event) {
        Path directory = root.resolve(event.directory());
        List<Path> hooks = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> {
                if (NAME.matcher(name(entry)).matches()) {
                    hooks.add(entry);
                } else {
                    skip(entry);
                }
            });
        } catch (NoSuchFileException e) {
            LOG.debug("there is no {}", directory);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("the hooks in {} cannot be listed and are not run: {}", directory, e.toString());
            return List.of();
        }
        hooks.sort(null);
        return hooks;
    }

    private void skip(Path entry) {
        if (skipped.add(entry)) {
            LOG.warn(
                    "{} is not run: a hook's name has only letters, digits, '_' and '-'. Rename it, or move it elsewhere",
                    PlainText.line(entry.toString()));
        }
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
