// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pbxha.agent.effect.StepResult.Ending;
import org.pbxha.agent.profile.Step.RemoveFile;
import org.pbxha.agent.profile.Step.SetVariable;
import org.pbxha.agent.profile.Step.TouchFile;

class FileStepsTest {
    @TempDir
    Path directory;

    @Test
    void touchesAndRemoves() throws IOException {
        Path flag = directory.resolve("disabled");

        assertThat(FileSteps.remove(new RemoveFile(flag))).isEqualTo(Ending.ALREADY);
        assertThat(FileSteps.touch(new TouchFile(flag), new OnceSaid())).isEqualTo(Ending.DONE);
        assertThat(flag).isEmptyFile();
        Files.writeString(flag, "by somebody else");
        assertThat(FileSteps.touch(new TouchFile(flag), new OnceSaid())).isEqualTo(Ending.ALREADY);
        assertThat(flag).hasContent("by somebody else");
        assertThat(FileSteps.remove(new RemoveFile(flag))).isEqualTo(Ending.DONE);
        assertThat(flag).doesNotExist();
    }

    @Test
    void leavesAFlagOutWhereThePlatformIsNot() throws IOException {
        Path flag = directory.resolve("xivo/disabled");

        assertThat(FileSteps.touch(new TouchFile(flag), new OnceSaid())).isEqualTo(Ending.SKIPPED);
        assertThat(flag).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    START=no|START=yes
                    START="no"|START=yes
                    START='no'  # why|START=yes  # why
                    START=|START=yes
                      export START=no; x=1|  export START=yes; x=1
                    START=yes|START=yes
                    START="yes"|START="yes"
                    #START=no|#START=no
                    RESTART=no|RESTART=no
                    START_X=no|START_X=no
                    """)
    void setsTheVariableWhereItIsSet(String before, String after) throws IOException {
        Path file = Files.writeString(directory.resolve("monit"), "# head\n" + before + "\ntail=1\n");

        Ending ending = FileSteps.set(new SetVariable(file, "START", "yes"), new OnceSaid());

        assertThat(file).content().isEqualTo("# head\n" + after + "\ntail=1\n");
        assertThat(ending == Ending.DONE).isEqualTo(!before.equals(after));
    }

    @Test
    void changesEveryAssignmentBecauseReadersDifferInWhichOneTheyTake() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "a=1\na=2\n");

        FileSteps.set(new SetVariable(file, "a", "3"), new OnceSaid());

        assertThat(file).hasContent("a=3\na=3\n");
    }

    @Test
    void keepsEveryOtherByteTheModeAndTheLink() throws IOException {
        byte[] odd = "\u00e9\u0000\r\nstartup=no\r\nno newline at the end".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(directory.resolve("real"), odd);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r-x"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        FileSteps.set(new SetVariable(link, "startup", "yes"), new OnceSaid());

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .isEqualTo("\u00e9\u0000\r\nstartup=yes\r\nno newline at the end");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r-x");
        assertThat(link).isSymbolicLink();
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().contains("pbx-ha"));
    }

    @Test
    void leavesAloneWhatIsNotThere() throws IOException {
        Path file = directory.resolve("none");

        assertThat(FileSteps.set(new SetVariable(file, "a", "b"), new OnceSaid()))
                .isEqualTo(Ending.SKIPPED);
        assertThat(file).doesNotExist();
    }
}
