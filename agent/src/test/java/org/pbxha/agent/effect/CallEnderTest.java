// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallEnderTest {
    private static final String HANG_UP = "/usr/sbin/asterisk -rx channel request hangup all";

    private final StrictPrograms asterisk = new StrictPrograms();
    private final CallEnder calls = new CallEnder(asterisk);

    @AfterEach
    void everyCallWasExpectedAndCame() {
        calls.close();
        assertThat(asterisk.complaints()).isEmpty();
    }

    @Test
    void asksOneTimeAtOnceHoweverOftenItIsAsked() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        asterisk.then(HANG_UP, 0, () -> {
            asked.countDown();
            awaitQuietly(answer);
        });

        calls.hangUp();
        asked.await();
        calls.hangUp();
        answer.countDown();

        await().until(() -> asterisk.complaints().isEmpty());
    }

    @Test
    void failureIsNoReasonNotToTryAgain() {
        CountDownLatch again = new CountDownLatch(1);
        asterisk.then(HANG_UP, 1, () -> {}).then(HANG_UP, 0, () -> {
            again.countDown();
            awaitQuietly(new CountDownLatch(1));
        });

        await().until(() -> {
            calls.hangUp();
            return again.getCount() == 0;
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
