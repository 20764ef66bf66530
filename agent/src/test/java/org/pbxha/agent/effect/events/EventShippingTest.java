// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.effect.events.EventShipping.Work;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;
import org.pbxha.sync.events.ShippingException;
import org.pbxha.sync.events.ShippingException.Kind;
import org.pbxha.sync.events.TableReport;

/** The thread that ships. */
class EventShippingTest {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger steps = new AtomicInteger();

    @Test
    void stepsOnWithoutAPauseAsLongAsThereIsMore() {
        try (EventShipping shipping = shipping(step -> report(step < 50), Duration.ofHours(1))) {
            await().untilAsserted(() -> assertThat(steps).hasValue(50));
            assertThat(shipping.status().behindSeconds()).isNotNull();
        }
        await().untilAsserted(() -> assertThat(closed).hasValue(1));
        assertThat(opened).hasValue(1);
    }

    @Test
    void connectsAgainAfterAFailureAndAfterAnError() {
        try (EventShipping shipping = shipping(
                step -> {
                    if (step == 3) {
                        throw new ShippingException(Kind.CONNECTION, "gone", "Wait.", null);
                    }
                    if (step == 5) {
                        throw new IllegalStateException("a bug");
                    }
                    return report(step != 7);
                },
                Duration.ofHours(1))) {
            await().untilAsserted(() -> assertThat(steps).hasValue(7));
            await().untilAsserted(
                            () -> assertThat(shipping.status().failingSince()).isNull());
        }
        assertThat(opened).hasValue(3);
        await().untilAsserted(() -> assertThat(closed).hasValue(3));
    }

    private static List<TableReport> report(boolean more) {
        return List.of(new TableReport("cel", 0, 0, Instant.now(), more, null, null));
    }

    private interface Script {
        List<TableReport> step(int number) throws ShippingException;
    }

    private EventShipping shipping(Script script, Duration interval) {
        EventShipping shipping = new EventShipping(
                cancellation -> work(script, cancellation),
                interval,
                new ShippingState((failing, text) -> {}, Clock.systemUTC(), false));
        shipping.start();
        return shipping;
    }

    private Work work(Script script, Cancellation cancellation) {
        opened.incrementAndGet();
        return new Work() {
            @Override
            public List<TableReport> step() throws ShippingException, CancelledException {
                cancellation.check();
                return script.step(steps.incrementAndGet());
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }
}
