// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Plan;

/** Setup and its undoing, killed at every point where a kill makes a difference. */
class InterruptedSetupTest {
    @TempDir(factory = InMemory.class)
    private Path directory;

    private enum Point {
        /** It is written down and nothing more. */
        BEFORE,
        /** It is done, and nobody knows. */
        AFTER
    }

    /** A kill: nothing catches it. */
    private static final class Kill extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A change that is killed. */
    private record Killed(Change change, Point point) implements Change {
        @Override
        public String id() {
            return change.id();
        }

        @Override
        public String describe() {
            return change.describe();
        }

        @Override
        public boolean isDone() throws IOException {
            return change.isDone();
        }

        @Override
        public Map<String, String> before() throws IOException {
            return change.before();
        }

        @Override
        public String mark() {
            return change.mark();
        }

        @Override
        public void apply() throws IOException {
            if (point == Point.AFTER) {
                change.apply();
            }
            throw new Kill();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"MASTER", "SLAVE"})
    void isCompletedByTheNextRunOrTakenBack(Role role) throws Exception {
        int number = 0;
        boolean more = true;
        while (more) {
            for (Point point : Point.values()) {
                for (boolean goesOn : new boolean[] {true, false}) {
                    more = kill(role, number, point, goesOn);
                }
            }
            number++;
        }
        assertThat(number).isGreaterThan(12);
    }

    /** Returns whether there was a change of that number. */
    private boolean kill(Role role, int number, Point point, boolean goesOn) throws Exception {
        try (TestNode node = new TestNode(fresh())) {
            Map<String, String> before = node.snapshot();
            List<Change> changes = new ArrayList<>(node.changes(role));
            if (number >= changes.size()) {
                return false;
            }
            Change victim = changes.get(number);
            boolean wasDone = victim.isDone();
            changes.set(number, new Killed(victim, point));
            Plan plan = new Plan(changes, node.record);
            if (!wasDone) {
                assertThatExceptionOfType(Kill.class).isThrownBy(() -> plan.apply(node.said::add));
            }
            if (goesOn) {
                node.plan(role).apply(node.said::add);
                assertThat(node.plan(role).show()).as("after %s", victim.id()).isEmpty();
            }
            node.record.undoAll(node.said::add);
            assertThat(node.snapshot()).as("undone after %s", victim.id()).isEqualTo(before);
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"MASTER", "SLAVE"})
    void anUndoingThatIsKilledAnywhereIsCompletedByTheNext(Role role) throws Exception {
        for (int number = 1; ; number++) {
            try (TestNode node = new TestNode(fresh())) {
                Map<String, String> before = node.snapshot();
                node.plan(role).apply(node.said::add);
                boolean killed = undoUntil(node, number);
                node.record.undoAll(node.said::add);
                assertThat(node.snapshot()).as("killed at entry %d", number).isEqualTo(before);
                if (!killed) {
                    assertThat(number).isGreaterThan(10);
                    return;
                }
            }
        }
    }

    private static boolean undoUntil(TestNode node, int number) throws Exception {
        int[] undone = {0};
        try {
            node.record.undoAll(line -> {
                if (++undone[0] == number) {
                    throw new Kill();
                }
            });
            return false;
        } catch (Kill e) {
            return true;
        }
    }

    private Path fresh() throws IOException {
        return Files.createTempDirectory(directory, "node").toRealPath();
    }
}
