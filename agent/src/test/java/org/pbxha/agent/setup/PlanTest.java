// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    private final Map<String, String> world = new TreeMap<>(Map.of("a", "old"));
    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path file;
    private UndoRecord record;

    @BeforeEach
    void open() {
        file = directory.resolve("data").resolve("setup.json");
        record = new UndoRecord(file, Map.of(FakeChange.KIND, FakeChange.undo(world)));
    }

    @Test
    void showsOnlyWhatIsNotDone() throws IOException {
        assertThat(plan("a=old", "b=new").show()).containsExactly("set b to new");
    }

    @Test
    void appliesInOrderAndUndoesInReverse() throws Exception {
        plan("a=new", "b=new").apply(said::add);
        assertThat(world).isEqualTo(Map.of("a", "new", "b", "new"));
        record.undoAll(said::add);
        assertThat(world).isEqualTo(Map.of("a", "old"));
        assertThat(said).containsExactly("set a to new", "set b to new", "b is back", "a is back");
    }

    @Test
    void leavesNoRecordBehindWhenAllIsUndone() throws Exception {
        plan("a=new").apply(said::add);
        assertThat(record.isEmpty()).isFalse();
        record.undoAll(said::add);
        assertThat(record.isEmpty()).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void recordsForRootOnly() throws Exception {
        plan("a=new").apply(said::add);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsTheFirstMemoryOfAChangeThatIsAppliedTwice() throws Exception {
        plan("a=new").apply(said::add);
        plan("a=newer").apply(said::add);
        record.undoAll(said::add);
        assertThat(world).containsEntry("a", "old");
    }

    @Test
    void keepsEveryMark() throws Exception {
        plan("a=new").apply(said::add);
        plan("a=newer").apply(said::add);
        List<String> marks = new ArrayList<>();
        new UndoRecord(file, Map.of(FakeChange.KIND, (subject, memory) -> {
                    marks.addAll(memory.marks());
                    return "";
                }))
                .undoAll(said::add);
        assertThat(marks).containsExactlyInAnyOrder("new", "newer");
    }

    @Test
    void recordsNothingForWhatWasDoneBefore() throws Exception {
        plan("a=old").apply(said::add);
        assertThat(record.isEmpty()).isTrue();
    }

    @Test
    void repeatsAChangeThatWasBegunAndNotFinished() throws Exception {
        FakeChange change = new FakeChange(world, "b", "new");
        record.begin(change);
        change.apply();
        // Killed here.
        assertThat(plan("b=new").show()).containsExactly("set b to new");
        plan("b=new").apply(said::add);
        assertThat(plan("b=new").show()).isEmpty();
    }

    @Test
    void namesTheChangeThatFailsAndKeepsThoseBefore() throws Exception {
        Plan plan = plan("a=new", "b=impossible", "c=new");
        SetupException e = catchThrowableOfType(SetupException.class, () -> plan.apply(said::add));
        assertThat(e).hasMessage("cannot set b to impossible: the world is full");
        assertThat(e.hint()).contains("setup disable");
        assertThat(world).containsEntry("a", "new").doesNotContainKey("c");
        record.undoAll(said::add);
        assertThat(world).isEqualTo(Map.of("a", "old"));
    }

    @Test
    void goesOnUndoingWhenOneFailsAndKeepsThatOne() throws Exception {
        plan("a=new", "b=new").apply(said::add);
        Undo failsForB = (subject, memory) -> {
            if (subject.equals("b")) {
                throw new IOException("stuck");
            }
            return FakeChange.undo(world).undo(subject, memory);
        };
        UndoRecord stuck = new UndoRecord(file, Map.of(FakeChange.KIND, failsForB));
        assertThatThrownBy(() -> stuck.undoAll(said::add))
                .isInstanceOf(SetupException.class)
                .hasMessage("not undone: word b: stuck");
        assertThat(world).isEqualTo(Map.of("a", "old", "b", "new"));
        record.undoAll(said::add);
        assertThat(world).isEqualTo(Map.of("a", "old"));
    }

    @Test
    void refusesAChangeThatNobodyCouldUndo() {
        UndoRecord knowsNothing = new UndoRecord(file, Map.of());
        Plan plan = new Plan(List.of(new FakeChange(world, "a", "new")), knowsNothing);
        assertThatIllegalStateException().isThrownBy(() -> plan.apply(said::add));
        assertThat(world).containsEntry("a", "old");
    }

    @Test
    void saysWhatToDoWithADamagedRecord() throws Exception {
        plan("a=new").apply(said::add);
        Files.writeString(file, "{");
        assertThatThrownBy(() -> record.undoAll(said::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("repair it");
    }

    private Plan plan(String... words) {
        List<Change> changes = new ArrayList<>();
        for (String word : words) {
            String[] parts = word.split("=", -1);
            changes.add(new FakeChange(world, parts[0], parts[1]));
        }
        return new Plan(changes, record);
    }
}
