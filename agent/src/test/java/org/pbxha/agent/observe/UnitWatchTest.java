// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;

class UnitWatchTest {
    private static final long ALIVE = ProcessHandle.current().pid();

    /** Above the kernel's highest number of a process. */
    private static final long NOBODY = 1L << 40;

    private String answer = "";
    private int asked;
    private final UnitWatch watch = new UnitWatch(this::show, "asterisk.service", Duration.ofSeconds(1));

    @Test
    void asksEachThirdTimeWhileTheProcessLives() throws Exception {
        answer("active", ALIVE, "");
        turn(9);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void asksEachTimeWhenTheProcessIsGone() throws Exception {
        answer("active", NOBODY, "");
        turn(9);
        assertThat(asked).isEqualTo(9);
    }

    @Test
    void asksEachTimeWhileTheUnitIsOnItsWay() throws Exception {
        answer("deactivating", ALIVE, "");
        turn(5);
        answer("active", ALIVE, "4711");
        turn(4);
        assertThat(asked).isEqualTo(9);
    }

    @Test
    void aStopIsSeenThreeTurnsLaterAtTheLatest() throws Exception {
        answer("active", ALIVE, "");
        turn(1);
        answer("deactivating", ALIVE, "");
        turn(3);
        UnitReading reading = watch.reading();
        assertThat(reading).isNotNull();
        assertThat(reading.active()).isEqualTo("deactivating");
    }

    private void turn(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            watch.turn();
        }
    }

    private void answer(String active, long pid, String job) {
        answer = "LoadState=loaded\nActiveState=" + active + "\nSubState=running\nResult=success\nJob=" + job
                + "\nMainPID=" + pid + "\n";
    }

    private Outcome show(Command command) {
        asked++;
        return new Outcome(0, answer, "", false, Duration.ZERO);
    }
}
