// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Probe} last learned. Immutable.
 *
 * @param outcome of the last attempt that has one
 * @param aliveAt {@link System#nanoTime()} of the last answer that counts as alive; empty when there never was one
 * @param roundTrip how long that answer took
 * @param status SIP status code of the last final answer of any kind; empty for other probes
 * @param problem one sentence for a person, null while the outcome is {@link Outcome#ALIVE}
 */
public record ProbeReading(
        Outcome outcome,
        OptionalLong aliveAt,
        @Nullable Duration roundTrip,
        OptionalInt status,
        @Nullable String problem) {

    /** What an attempt found. */
    public enum Outcome {
        /** No attempt has ended yet. */
        PENDING,
        /** It answered. */
        ALIVE,
        /** It answers, but that it takes no calls: SIP 503, as while it shuts down. */
        REFUSING,
        /** The host is there and says that nothing listens on the port. */
        CLOSED,
        /** No answer in time. */
        SILENT,
        /** This side could not ask: no network, no such local address, a right is missing. It says nothing about the target. */
        UNABLE
    }

    static final ProbeReading PENDING =
            new ProbeReading(Outcome.PENDING, OptionalLong.empty(), null, OptionalInt.empty(), null);

    /** How long ago the target was last alive; empty when it never was. */
    public Optional<Duration> aliveAge(long nowNanos) {
        return aliveAt.isPresent() ? Optional.of(Duration.ofNanos(nowNanos - aliveAt.getAsLong())) : Optional.empty();
    }

    ProbeReading alive(long answeredAt, Duration took, OptionalInt code) {
        return new ProbeReading(Outcome.ALIVE, OptionalLong.of(answeredAt), took, code, null);
    }

    ProbeReading refusing(int code, String sentence) {
        return new ProbeReading(Outcome.REFUSING, aliveAt, roundTrip, OptionalInt.of(code), sentence);
    }

    ProbeReading failed(Outcome found, String sentence) {
        return new ProbeReading(found, aliveAt, roundTrip, status, sentence);
    }
}
