// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FenceMarkTest {
    @TempDir
    private Path directory;

    @Test
    void eitherFileIsAMarkAndBothGo() throws Exception {
        Path durable = directory.resolve("fenced");
        Path inMemory = directory.resolve("pbx-ha-fenced");
        FenceMark mark = new FenceMark(durable, inMemory);
        assertThat(mark.isThere()).isFalse();
        mark.clear();

        for (Path file : new Path[] {durable, inMemory}) {
            Files.createFile(file);
            assertThat(mark.isThere()).isTrue();
            mark.clear();
            assertThat(mark.isThere()).isFalse();
        }
    }

    @Test
    void aDiskThatDoesNotLetItGoEndsNothing() throws Exception {
        Path durable = Files.createDirectory(directory.resolve("fenced"));
        Files.createFile(durable.resolve("in the way"));
        FenceMark mark = new FenceMark(durable, directory.resolve("pbx-ha-fenced"));

        mark.clear();
        assertThat(mark.isThere()).isTrue();
        Files.delete(durable.resolve("in the way"));
        mark.clear();
        assertThat(mark.isThere()).isFalse();
    }
}
