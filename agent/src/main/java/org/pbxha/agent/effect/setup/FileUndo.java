// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pbxha.agent.setup.Undo;

/** Brings a file back as it was, unless somebody else has changed it since: then it is left alone. */
record FileUndo(Reload reload) implements Undo {
    @Override
    public String undo(String subject, Memory memory) throws IOException {
        Path file = Path.of(subject);
        String now = FileMemory.mark(FileMemory.read(file));
        boolean back = now.equals(FileMemory.mark(FileMemory.content(memory.before())));
        if (!back && !memory.marks().contains(now)) {
            return file + ": left alone, it was changed by somebody else since";
        }
        if (!back) {
            FileMemory.restore(file, memory.before());
        }
        // Again after an interruption between the two.
        reload.run();
        return file + (Files.exists(file) ? ": as it was before" : ": removed");
    }
}
