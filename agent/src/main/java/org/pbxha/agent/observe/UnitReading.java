// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What systemd said about the unit of Asterisk.
 *
 * @param load LoadState: loaded, not-found, masked...
 * @param active ActiveState: active, inactive, activating, deactivating, failed, reloading
 * @param sub SubState: running, exited, dead, auto-restart...
 * @param result Result of the last run: success, exit-code, signal, exec-condition...
 * @param queued whether a job for it is waiting or under way
 * @param mainPid of the process, 0 for none or none that systemd knows
 * @param startedAt {@link System#nanoTime()} of the start of that process
 * @param stopAsked whether the process that is gone, or is going, was seen to be stopped by request
 * @param readAt {@link System#nanoTime()} of this reading
 */
public record UnitReading(
        String load,
        String active,
        String sub,
        String result,
        boolean queued,
        long mainPid,
        OptionalLong startedAt,
        boolean stopAsked,
        long readAt) {
    /** What to ask systemd for. */
    static final String PROPERTIES =
            "LoadState,ActiveState,SubState,Result,Job,MainPID,ExecMainStartTimestampMonotonic";

    private static final long NANOS_PER_MICRO = 1_000;
    private static final Set<String> RESTING = Set.of("inactive", "failed");

    /**
     * Reads the answer of {@code systemctl show}.
     *
     * @param answer lines KEY=VALUE
     * @throws IllegalArgumentException when it is none
     */
    static UnitReading parse(String answer, long now) {
        Map<String, String> values = answer.lines()
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, second) -> first));
        String active = values.getOrDefault("ActiveState", "");
        if (active.isEmpty()) {
            throw new IllegalArgumentException("systemctl show did not say the state of the unit");
        }
        long pid = number(values.get("MainPID"));
        // The kernel's monotonic clock, which nanoTime is on Linux.
        long started = number(values.get("ExecMainStartTimestampMonotonic")) * NANOS_PER_MICRO;
        String result = values.getOrDefault("Result", "");
        String job = values.getOrDefault("Job", "");
        return new UnitReading(
                values.getOrDefault("LoadState", ""),
                active,
                values.getOrDefault("SubState", ""),
                result,
                !job.isEmpty() && !job.equals("0"),
                pid,
                pid > 0 && started > 0 ? OptionalLong.of(started) : OptionalLong.empty(),
                active.equals("deactivating") && result.equals("success"),
                now);
    }

    /**
     * This reading with what only the one before knew: an Asterisk that does not end by itself when it is stopped is killed
     * after 90 s, and nothing in the unit that has then failed tells of the request.
     */
    UnitReading after(@Nullable UnitReading before) {
        boolean ending = active.equals("deactivating") || isResting();
        boolean asked = stopAsked || (ending && before != null && before.stopAsked);
        return new UnitReading(load, active, sub, result, queued, mainPid, startedAt, asked, readAt);
    }

    /** Whether this machine does not have it. */
    boolean isMissing() {
        return !load.equals("loaded") && RESTING.contains(active);
    }

    /** Whether its process runs and nothing is about to change that. */
    boolean isAtWork() {
        return active.equals("active") && mainPid > 0 && !queued;
    }

    /** Whether there is no process and none is about to be: it waits for nobody. */
    boolean isResting() {
        return RESTING.contains(active) && !queued;
    }

    /** Whether systemd has just lost the process and starts another after its pause. */
    boolean isRestarting() {
        return sub.equals("auto-restart") || sub.equals("auto-restart-queued");
    }

    /** Whether the last run ended because somebody wanted it to, or never began because the gate is shut. */
    boolean endedAsWanted() {
        return stopAsked || (!active.equals("failed") && (result.equals("success") || result.equals("exec-condition")));
    }

    private static long number(@Nullable String text) {
        if (text == null || text.isEmpty() || !text.chars().allMatch(Character::isDigit)) {
            return 0;
        }
        // 2^64 - 1 means none.
        return text.length() > 18 ? 0 : Long.parseLong(text);
    }
}
