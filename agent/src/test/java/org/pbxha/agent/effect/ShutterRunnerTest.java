// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.effect.ShutterReading.State;

class ShutterRunnerTest {
    private final FakeFirewall firewall = new FakeFirewall();
    private ShutterRunner runner = runner(firewall);

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void touchesNothingBeforeTheFirstWish() {
        assertThat(runner.reading()).isEqualTo(new ShutterReading(State.UNKNOWN, ""));
        assertThat(firewall.scripts).isEmpty();
    }

    @Test
    void closesAndOpensAsWanted() {
        runner.accept(State.CLOSED);
        await().until(() -> runner.reading().equals(new ShutterReading(State.CLOSED, "")));

        runner.accept(State.OPEN);
        await().until(() -> runner.reading().equals(new ShutterReading(State.OPEN, "")));
    }

    @Test
    void carriesTheFirstWishOutWhateverAnEarlierRunLeft() {
        firewall.table = "table inet pbx_ha { of an earlier configuration";

        runner.accept(State.OPEN);

        await().until(() -> runner.reading().state() == State.OPEN);
        assertThat(firewall.table).isNull();
    }

    @Test
    void triesAgainUntilItSucceeds() {
        firewall.failure = "Error: Resource busy";
        runner.accept(State.CLOSED);
        await().until(() -> runner.reading().problem().contains("Resource busy"));
        assertThat(runner.reading().state()).isEqualTo(State.UNKNOWN);

        firewall.failure = "";

        await().until(() -> runner.reading().equals(new ShutterReading(State.CLOSED, "")));
    }

    @Test
    void reportsAChangeThatDidNotHappen() {
        firewall.ignoresChanges = true;

        runner.accept(State.CLOSED);

        await().until(() -> runner.reading().problem().contains("is to be CLOSED, and the firewall shows OPEN"));
        assertThat(runner.reading().state()).isEqualTo(State.OPEN);
    }

    @Test
    void closesAgainWhenSomebodyFlushedTheFirewall() {
        runner.accept(State.CLOSED);
        await().until(() -> runner.reading().state() == State.CLOSED);

        firewall.table = null;

        await().until(() -> firewall.table != null);
    }

    @Test
    void neverBlocksTheCallerOnAProgramThatHangs() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        runner.close();
        runner = runner(command -> {
            asked.countDown();
            never.await();
            throw new AssertionError("never");
        });

        runner.accept(State.CLOSED);
        await().until(() -> asked.getCount() == 0);
        runner.accept(State.OPEN);

        assertThat(runner.reading().state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void refusesAWishThatIsNone() {
        assertThatThrownBy(() -> runner.accept(State.UNKNOWN)).isInstanceOf(IllegalArgumentException.class);
    }

    private ShutterRunner runner(ProgramRunner programs) {
        return new ShutterRunner(new SipShutter(programs, 5060, firewall.files::contains, Pace.REAL));
    }
}
