// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.setup.Undo;

/**
 * Takes back what {@link LinesChange} did to the lines of one pattern. Where nothing else has changed the file is as
 * before, byte for byte; else the lines that were removed come to its end.
 *
 * @param reload what to tell about it
 */
record LinesUndo(Reload reload) implements Undo {
    @Override
    public String undo(String subject, Memory memory) throws IOException {
        Path file = Path.of(subject);
        String pattern = Objects.requireNonNull(memory.before().get(LinesChange.PATTERN));
        if (!Files.exists(file)) {
            return file + ": is gone, so there is nothing to take back";
        }
        Path real = file.toRealPath();
        byte[] original = FileMemory.content(memory.before()).orElse(new byte[0]);
        Lines then = Lines.of(original);
        Lines now = Lines.of(real);
        boolean back = now.matching(pattern).equals(then.matching(pattern));
        if (!back && !memory.marks().contains(Lines.join(now.matching(pattern)))) {
            return file + ": left alone, what setup changed in it was changed by somebody else since";
        }
        boolean otherwiseSame = now.without(pattern).equals(then.without(pattern));
        if (!back) {
            AtomicFile.write(real, otherwiseSame ? original : merged(now, then, pattern), FileAccess.of(real));
        }
        reload.run();
        return file + (back || otherwiseSame ? ": as it was before" : ": what was taken out of it is at its end again");
    }

    private static byte[] merged(Lines now, Lines then, String pattern) {
        List<String> lines = new ArrayList<>(now.without(pattern));
        lines.addAll(then.matching(pattern));
        return Lines.join(lines).getBytes(ISO_8859_1);
    }
}
