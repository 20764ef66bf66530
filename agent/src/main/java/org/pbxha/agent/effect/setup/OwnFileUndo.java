// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.setup.Undo;

/**
 * Removes a file that nobody but pbx-ha reads.
 *
 * @param keepsEdits whether a file that the administrator has changed is kept under another name
 */
record OwnFileUndo(boolean keepsEdits) implements Undo {
    static final String KEPT = ".disabled";

    @Override
    public String undo(String subject, Memory memory) throws IOException {
        Path file = Path.of(subject);
        if (keepsEdits && Files.exists(file) && !memory.marks().contains(FileMemory.mark(FileMemory.read(file)))) {
            Path kept = file.resolveSibling(file.getFileName() + KEPT);
            Files.move(file, kept, ATOMIC_MOVE);
            return file + ": removed; your changes are in " + kept;
        }
        AtomicFile.delete(file);
        return file + ": removed";
    }
}
