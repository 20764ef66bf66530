// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only when something is due: milliseconds, monotonic. */
final class VirtualTime {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now;
    private long number;

    private record Event(long at, long number, Runnable what) {}

    long now() {
        return now;
    }

    void after(long millis, Runnable what) {
        events.add(new Event(now + millis, number++, what));
    }

    /** Lets everything happen that is due until then. */
    void runUntil(long end) {
        for (Event next = events.peek(); next != null && next.at() <= end; next = events.peek()) {
            events.remove();
            now = next.at();
            next.what().run();
        }
        now = end;
    }
}
