// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;
import org.pbxha.sync.files.RsyncModules;
import org.pbxha.sync.files.SyncDirectory;

/**
 * The slave gets a directory that it does not have and sync will fill: rsync's daemon starts inside it.
 *
 * @param directory may lack its parents as well
 */
record DirectoryChange(SyncDirectory directory) implements Change {
    /** A directory that sync has filled meanwhile stays. */
    static final Undo UNDO = (subject, memory) -> {
        try {
            Files.delete(Path.of(subject));
            return subject + ": removed";
        } catch (NoSuchFileException e) {
            return subject + ": was gone already";
        } catch (DirectoryNotEmptyException e) {
            return subject + ": left alone, it has files in it";
        }
    };

    @Override
    public String id() {
        return Kind.DIRECTORY.of(directory);
    }

    @Override
    public String describe() {
        return "make the directory " + directory + ", which sync will fill";
    }

    @Override
    public boolean isDone() {
        return Files.isDirectory(directory.path());
    }

    @Override
    public Map<String, String> before() {
        return Map.of();
    }

    @Override
    public void apply() throws IOException {
        RsyncModules.createMissing(List.of(directory));
    }
}
