// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What {@link AmiWatch} knows about Asterisk at one moment. Immutable.
 *
 * @param connected logged in to the manager interface
 * @param fullyBooted Asterisk said so on this connection; it takes no calls before
 * @param version as Asterisk names itself ("22.10.1"), null until it was asked on this connection
 * @param activeCalls calls in progress a few seconds ago; empty when not known
 * @param pingAnsweredAt {@link System#nanoTime()} of the last ping that was answered, on this connection or an earlier one
 * @param pingRoundTrip how long that ping took, null before the first
 * @param problem one sentence for a person, null when there is nothing to say; never holds a secret
 */
public record AsteriskReport(
        boolean connected,
        boolean fullyBooted,
        @Nullable String version,
        OptionalInt activeCalls,
        OptionalLong pingAnsweredAt,
        @Nullable Duration pingRoundTrip,
        @Nullable String problem) {

    /** Before the first connection. */
    static final AsteriskReport UNKNOWN =
            new AsteriskReport(false, false, null, OptionalInt.empty(), OptionalLong.empty(), null, null);

    /** How long ago Asterisk last answered a ping; empty when it never has. A hung Asterisk shows here first. */
    public Optional<Duration> pingAge(long nowNanos) {
        return pingAnsweredAt.isPresent()
                ? Optional.of(Duration.ofNanos(nowNanos - pingAnsweredAt.getAsLong()))
                : Optional.empty();
    }

    AsteriskReport afterLogin() {
        return new AsteriskReport(true, false, null, OptionalInt.empty(), pingAnsweredAt, pingRoundTrip, null);
    }

    AsteriskReport afterPing(boolean booted, long answeredAt, Duration roundTrip) {
        return new AsteriskReport(true, booted, version, activeCalls, OptionalLong.of(answeredAt), roundTrip, null);
    }

    AsteriskReport withVersion(String asteriskVersion) {
        return new AsteriskReport(
                connected, fullyBooted, asteriskVersion, activeCalls, pingAnsweredAt, pingRoundTrip, problem);
    }

    AsteriskReport withCalls(int calls) {
        return new AsteriskReport(
                connected, fullyBooted, version, OptionalInt.of(calls), pingAnsweredAt, pingRoundTrip, problem);
    }

    AsteriskReport withProblem(String sentence) {
        return new AsteriskReport(
                connected, fullyBooted, version, activeCalls, pingAnsweredAt, pingRoundTrip, sentence);
    }

    AsteriskReport disconnected(String sentence) {
        return new AsteriskReport(false, false, null, OptionalInt.empty(), pingAnsweredAt, pingRoundTrip, sentence);
    }
}
