// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;

class DurableStateTest {
    @TempDir
    private Path directory;

    private Path file;
    private DurableState store;

    @BeforeEach
    void open() {
        file = directory.resolve("state");
        store = new DurableState(file);
    }

    @Test
    void isEmptyBeforeTheNodeIsSetUp() throws IOException {
        assertThat(store.read()).isEmpty();
    }

    @Test
    void givesBackWhatWasWrittenLast() throws IOException {
        store.write(node(1, "first"));
        store.write(node(2, "a reason with sum= in it\nand a second line"));
        store.write(node(3, "third"));

        assertThat(store.read()).contains(node(3, "third"));
        assertThat(Files.size(file)).isEqualTo(8192);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void remembersTheMeetingOfTwoActivesUntilItIsTakenOut() throws IOException {
        Meeting meeting = new Meeting(
                Instant.parse("2026-01-02T03:04:05.678Z"),
                new Meeting.Term(6, Instant.parse("2026-01-01T00:00:00.123456Z")),
                new Meeting.Term(7, null));
        store.write(node(7, "first").withMeeting(meeting));
        store.write(store.read().orElseThrow().with(Pause.OPEN_ENDED).explained(Instant.EPOCH, 210, "stands down"));

        assertThat(store.read().orElseThrow().meeting()).isEqualTo(meeting);

        store.write(store.read().orElseThrow().withMeeting(null));
        assertThat(store.read().orElseThrow().meeting()).isNull();
    }

    @Test
    void aReasonCannotBreakTheFormat() throws IOException {
        store.write(node(2, "x".repeat(9000) + "\nsum=0\nservice=active"));

        assertThat(store.read().orElseThrow().state()).isEqualTo(node(2, "").state());
    }

    @Test
    void aWriteThatIsCutOffAnywhereLeavesTheRecordBefore() throws IOException {
        store.write(node(1, "first"));
        store.write(node(2, "second"));
        byte[] before = Files.readAllBytes(file);
        store.write(node(3, "third"));
        byte[] after = Files.readAllBytes(file);

        // The third record went to the slot of an even or odd sequence; whichever bytes differ are the write.
        for (int cut = 0; cut < 400; cut++) {
            byte[] torn = before.clone();
            System.arraycopy(after, slotOf(before, after), torn, slotOf(before, after), cut);
            Files.write(file, torn);
            assertThat(store.read().orElseThrow().state().epoch()).isIn(2L, 3L);
        }
    }

    private static int slotOf(byte[] before, byte[] after) {
        int first = 0;
        while (before[first] == after[first]) {
            first++;
        }
        return first < 4096 ? 0 : 4096;
    }

    @Test
    void saysSoWhenBothRecordsAreDamaged() throws IOException {
        store.write(node(1, "first"));
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(30);
            raw.write('!');
            raw.seek(4096 + 30);
            raw.write('!');
        }

        assertThatThrownBy(store::read).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    private static NodeState node(long epoch, String reason) {
        return new NodeState(
                Role.SLAVE,
                new State(ServiceState.STANDBY, epoch, true, ServiceState.STANDBY),
                "boot",
                Instant.parse("2026-01-02T03:04:05Z"),
                390,
                reason);
    }
}
