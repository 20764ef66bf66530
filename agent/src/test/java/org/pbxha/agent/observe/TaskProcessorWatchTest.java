// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TaskProcessorWatchTest {
    private static final String HEAD =
            "\nProcessor                     Processed   In Queue  Max Depth  Low water High water\n";
    private static final String CALM =
            HEAD + "stasis/m:manager:core-00000006  1412  500  500  450  500\n" + "\n1 taskprocessors\n\n";
    private static final String FLOODED = HEAD + "stasis/m:manager:core-00000006  1412  501  501  450  500\n"
            + "ast_msg_queue  0  0  0  450  500  0  0\n\n2 taskprocessors\n\n";

    private String table = FLOODED;
    private boolean booted = true;
    private boolean fails;
    private int questions;
    private long now = -5;
    private final TaskProcessorWatch watch = new TaskProcessorWatch(this::table, () -> booted, () -> now);

    @Test
    void warnsOnlyAfterHalfAMinuteAboveHighWater() {
        watch.turn();
        pass(29);
        assertThat(watch.warning()).isEmpty();

        pass(1);

        assertThat(watch.warning()).contains("stasis/m:manager:core-00000006 (501 waiting)");
    }

    @Test
    void startsAnewOnceTheBacklogWasGone() {
        watch.turn();
        pass(30);
        table = CALM;
        pass(1);
        assertThat(watch.warning()).isEmpty();

        table = FLOODED;
        pass(29);

        assertThat(watch.warning()).isEmpty();
    }

    @Test
    void asksNothingWhileAsteriskLoads() {
        booted = false;

        watch.turn();
        pass(60);

        assertThat(questions).isZero();
        assertThat(watch.warning()).isEmpty();
    }

    @Test
    void doesNotWarnOfASocketThatIsSilent() {
        fails = true;

        watch.turn();
        pass(60);

        assertThat(watch.warning()).isEmpty();
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        watch.turn();
    }

    private String table() throws IOException {
        questions++;
        if (fails) {
            throw new IOException("scripted");
        }
        return table;
    }
}
