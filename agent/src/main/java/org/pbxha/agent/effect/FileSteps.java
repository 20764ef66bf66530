// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pbxha.agent.effect.StepResult.Ending;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.profile.Step.RemoveFile;
import org.pbxha.agent.profile.Step.SetVariable;
import org.pbxha.agent.profile.Step.TouchFile;

/** The steps that change files. What they leave behind survives a power cut. */
final class FileSteps {
    private FileSteps() {}

    static Ending touch(TouchFile step, OnceSaid missing) throws IOException {
        try {
            Files.createFile(step.file());
        } catch (FileAlreadyExistsException e) {
            return Ending.ALREADY;
        } catch (NoSuchFileException e) {
            missing.say("there is no directory for " + step.file());
            return Ending.SKIPPED;
        }
        flush(step.file());
        return Ending.DONE;
    }

    static Ending remove(RemoveFile step) throws IOException {
        if (!Files.deleteIfExists(step.file())) {
            return Ending.ALREADY;
        }
        flush(step.file());
        return Ending.DONE;
    }

    /** Replaces the value wherever the file sets the variable; a shell takes the last one, other readers the first. */
    static Ending set(SetVariable step, OnceSaid missing) throws IOException {
        if (!Files.exists(step.file())) {
            missing.say("there is no " + step.file());
            return Ending.SKIPPED;
        }
        // Not decoded: every byte that is not the value goes back as it came.
        String text = new String(Files.readAllBytes(step.file()), StandardCharsets.ISO_8859_1);
        Matcher assignment = assignment(step.variable()).matcher(text);
        if (!assignment.find()) {
            missing.say(step.file() + " does not set " + step.variable());
            return Ending.SKIPPED;
        }
        String changed = assignment.replaceAll(found -> unquoted(found.group(2)).equals(step.value())
                ? Matcher.quoteReplacement(found.group())
                : Matcher.quoteReplacement(found.group(1) + step.value()));
        if (changed.equals(text)) {
            return Ending.ALREADY;
        }
        Path real = step.file().toRealPath();
        AtomicFile.write(real, changed.getBytes(StandardCharsets.ISO_8859_1), FileAccess.of(real));
        return Ending.DONE;
    }

    private static Pattern assignment(String variable) {
        return Pattern.compile("(?m)^([ \\t]*(?:export[ \\t]+)?" + Pattern.quote(variable)
                + "=)(\"[^\"\\r\\n]*\"|'[^'\\r\\n]*'|[^\\s#;\"']*)");
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && (value.startsWith("\"") || value.startsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Makes a name that came or went survive a power cut. */
    private static void flush(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            AtomicFile.flush(directory);
        }
    }
}
