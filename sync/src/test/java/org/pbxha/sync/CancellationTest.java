// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger aborts = new AtomicInteger();

    @Test
    void runsEachAbortActionOnceHoweverOftenItIsCancelled() {
        cancellation.onCancel(aborts::incrementAndGet);
        cancellation.onCancel(aborts::incrementAndGet);

        cancellation.cancel("first");
        cancellation.cancel("second");

        await().untilAtomic(aborts, org.hamcrest.Matchers.equalTo(2));
        assertThatThrownBy(cancellation::check).hasMessage("cancelled: first");
    }

    @Test
    void runsAnActionThatComesTooLateAtOnce() {
        cancellation.cancel("early");

        cancellation.onCancel(aborts::incrementAndGet);

        await().untilAtomic(aborts, org.hamcrest.Matchers.equalTo(1));
    }

    @Test
    void leavesDisarmedActionsAlone() {
        Cancellation.Registration registration = cancellation.onCancel(aborts::incrementAndGet);

        assertThat(registration.disarm()).isTrue();
        assertThat(registration.disarm()).isTrue();
        cancellation.cancel("late");
        cancellation.onCancel(() -> aborts.addAndGet(10));

        await().untilAtomic(aborts, org.hamcrest.Matchers.equalTo(10));
    }

    @Test
    void tellsThatAnActionWasSetOffBeforeItCouldBeDisarmed() {
        Cancellation.Registration registration = cancellation.onCancel(aborts::incrementAndGet);
        cancellation.cancel("now");

        assertThat(registration.disarm()).isFalse();
    }

    @Test
    void doesNotWaitForASlowAction() {
        Thread canceller = Thread.currentThread();
        cancellation.onCancel(() -> {
            assertThat(Thread.currentThread()).isNotEqualTo(canceller);
            aborts.incrementAndGet();
        });

        cancellation.cancel("now");

        assertThat(cancellation.isCancelled()).isTrue();
        await().untilAtomic(aborts, org.hamcrest.Matchers.equalTo(1));
    }
}
