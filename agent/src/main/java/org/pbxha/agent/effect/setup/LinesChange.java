// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.setup.Change;

/**
 * Lines of one pattern go out of a file of somebody else's; a line may be added in their place. Everything else
 * stays as it is, byte for byte.
 *
 * @param kind decides how it is undone
 * @param file exists; a symbolic link keeps pointing to the file that is changed
 * @param pattern how the lines begin that go, a regular expression
 * @param added what comes at the end of the file instead, empty for nothing
 * @param words the line for people
 * @param reload what to tell about it
 */
record LinesChange(Kind kind, Path file, String pattern, List<String> added, String words, Reload reload)
        implements Change {
    static final String PATTERN = "pattern";

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
        return Lines.of(file).matching(pattern).equals(added);
    }

    @Override
    public Map<String, String> before() throws IOException {
        Map<String, String> before = new TreeMap<>(FileMemory.take(file.toRealPath()));
        before.put(PATTERN, pattern);
        return before;
    }

    @Override
    public String mark() {
        return Lines.join(added);
    }

    @Override
    public void apply() throws IOException {
        Path real = file.toRealPath();
        AtomicFile.write(real, edited(Lines.of(real)), FileAccess.of(real));
        reload.run();
    }

    private byte[] edited(Lines lines) {
        List<String> kept = new ArrayList<>(lines.without(pattern));
        kept.addAll(added);
        return Lines.join(kept).getBytes(ISO_8859_1);
    }
}
