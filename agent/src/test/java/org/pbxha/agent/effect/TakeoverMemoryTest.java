// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeoverMemoryTest {
    @TempDir
    Path directory;

    @Test
    void remembersThroughARestart() {
        Path file = directory.resolve("takeover-steps");
        new TakeoverMemory(file).remember(4, "run relog");
        new TakeoverMemory(file).remember(4, "run other");

        TakeoverMemory memory = new TakeoverMemory(file);
        assertThat(memory.has(4, "run relog")).isTrue();
        assertThat(memory.has(4, "run other")).isTrue();
        assertThat(memory.has(5, "run relog")).isFalse();
    }

    @Test
    void forgetsAnOlderEpoch() {
        TakeoverMemory memory = new TakeoverMemory(directory.resolve("takeover-steps"));
        memory.remember(4, "a");
        memory.remember(5, "b");

        assertThat(memory.has(5, "a")).isFalse();
        assertThat(memory.has(5, "b")).isTrue();
        assertThat(memory.has(4, "a")).isFalse();
    }

    @Test
    void stillKnowsWhenTheDiskIsFull() {
        TakeoverMemory memory = new TakeoverMemory(directory.resolve("no/such/directory"));
        memory.remember(4, "a");

        assertThat(memory.has(4, "a")).isTrue();
    }

    @Test
    void startsAnewFromADamagedFile() throws Exception {
        Path file = Files.writeString(directory.resolve("takeover-steps"), "four\na\n");

        TakeoverMemory memory = new TakeoverMemory(file);
        assertThat(memory.has(4, "a")).isFalse();
        memory.remember(4, "a");
        assertThat(new TakeoverMemory(file).has(4, "a")).isTrue();
    }
}
