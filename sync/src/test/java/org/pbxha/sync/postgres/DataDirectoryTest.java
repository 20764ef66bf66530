// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path sockets;

    @Test
    void readsTheDirectoryOfTheServerFromTheLockOfItsSocket() throws Exception {
        Files.writeString(sockets.resolve(".s.PGSQL.5433.lock"), "4711\n" + sockets + "\n1700000000\n5433\n/run\n");

        assertThat(DataDirectory.freeBytes(sockets, 5433)).isPresent();
    }

    @Test
    void doesNotKnowTheDiskOfAServerWithoutASocketHere() throws Exception {
        assertThat(DataDirectory.freeBytes(sockets, 5432)).isEmpty();
        Files.writeString(sockets.resolve(".s.PGSQL.5432.lock"), "4711\n");
        assertThat(DataDirectory.freeBytes(sockets, 5432)).isEmpty();
    }
}
