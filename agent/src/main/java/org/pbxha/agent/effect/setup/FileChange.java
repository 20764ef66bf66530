// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.setup.Change;

/**
 * A file is written, or removed when no content is wanted.
 *
 * @param kind decides how it is undone
 * @param file the file; missing directories are made
 * @param wanted its content, empty: it is to go
 * @param access who may read and write it
 * @param words the line for people
 * @param reload what to tell about it
 */
record FileChange(Kind kind, Path file, Optional<byte[]> wanted, FileAccess access, String words, Reload reload)
        implements Change {

    @Override
    public String id() {
        return kind.of(file);
    }

    @Override
    public String describe() {
        return words;
    }

    @Override
    public boolean isDone() throws IOException {
        Optional<byte[]> found = FileMemory.read(file);
        if (found.isEmpty() || wanted.isEmpty()) {
            return found.isEmpty() && wanted.isEmpty();
        }
        return Arrays.equals(found.get(), wanted.get()) && hasAccess();
    }

    @Override
    public Map<String, String> before() throws IOException {
        return FileMemory.take(file);
    }

    @Override
    public String mark() {
        return FileMemory.mark(wanted);
    }

    @Override
    public void apply() throws IOException {
        if (wanted.isEmpty()) {
            AtomicFile.delete(file);
        } else {
            String directoryMode = access.mode().endsWith("---") ? "rwx------" : "rwxr-xr-x";
            AtomicFile.makeDirectory(file.toAbsolutePath().resolveSibling(".").normalize(), directoryMode);
            AtomicFile.write(file, wanted.get(), access);
        }
        reload.run();
    }

    private boolean hasAccess() throws IOException {
        FileAccess found = FileAccess.of(file);
        return found.mode().equals(access.mode())
                && (access.owner() == null || access.owner().equals(found.owner()))
                && (access.group() == null || access.group().equals(found.group()));
    }
}
