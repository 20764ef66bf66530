// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Mode;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.Standing;
import org.pbxha.agent.core.State;

/**
 * One slot of the state file as text that a shell can read too: {@code key=value} lines, then the SHA-256 of all that
 * stands before it, then zero bytes.
 *
 * @param sequence grows by one with each write
 * @param node the record
 */
record StateSlot(long sequence, NodeState node) {
    static final int SIZE = 4096;
    private static final int REASON_LIMIT = 1000;

    byte[] bytes() {
        State state = node.state();
        String body = "seq=" + sequence
                + "\nrole=" + lower(node.role())
                + "\nservice=" + lower(state.service())
                + "\nepoch=" + state.epoch()
                + "\nsteps=" + (state.stepsDone() ? "done" : "pending")
                + "\nbefore=" + lower(state.beforeBoot())
                + "\nshut=" + state.shut()
                + "\ngiving=" + lower(state.giving().phase())
                + "\ncut-calls=" + state.giving().cutCalls()
                + "\nmode=" + lower(state.standing().mode())
                + "\npinned=" + state.standing().pinned()
                + "\nunable=" + state.standing().unable()
                + "\nfenced=" + state.standing().fenced()
                + "\ntakeovers=" + state.standing().takeovers()
                + "\npaused=" + node.pause().text()
                + "\nmet=" + Meeting.text(node.meeting())
                + "\nboot=" + node.bootId()
                + "\nsince=" + node.since()
                + "\nrow=" + node.row()
                + "\nreason=" + oneLine(node.reason())
                + "\n";
        return Arrays.copyOf((body + "sum=" + sum(body) + "\n").getBytes(UTF_8), SIZE);
    }

    /** Reads a slot; null when it is empty, torn or not ours. */
    static @Nullable StateSlot parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        int end = text.lastIndexOf("sum=");
        if (end < 0 || !text.startsWith("sum=" + sum(text.substring(0, end)) + "\n", end)) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (String line : text.substring(0, end).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        try {
            return of(values);
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static StateSlot of(Map<String, String> values) {
        State state = new State(
                ServiceState.valueOf(upper(values, "service")),
                Long.parseLong(value(values, "epoch")),
                value(values, "steps").equals("done"),
                ServiceState.valueOf(upper(values, "before")),
                flag(values, "shut"),
                new Giving(Giving.Phase.valueOf(upper(values, "giving", "NONE")), flag(values, "cut-calls")),
                new Standing(
                        Mode.valueOf(upper(values, "mode", "AUTOMATIC")),
                        flag(values, "pinned"),
                        flag(values, "unable"),
                        flag(values, "fenced"),
                        Integer.parseInt(values.getOrDefault("takeovers", "0"))));
        NodeState node = new NodeState(
                Role.valueOf(upper(values, "role")),
                state,
                Pause.parse(values.getOrDefault("paused", "")),
                Meeting.parse(values.getOrDefault("met", "")),
                value(values, "boot"),
                Instant.parse(value(values, "since")),
                Integer.parseInt(value(values, "row")),
                value(values, "reason"));
        return new StateSlot(Long.parseLong(value(values, "seq")), node);
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    // What an earlier version did not write has the value of a node that knows nothing of it.

    private static boolean flag(Map<String, String> values, String key) {
        return Boolean.parseBoolean(values.get(key));
    }

    private static String upper(Map<String, String> values, String key, String missing) {
        return values.getOrDefault(key, missing).toUpperCase(Locale.ROOT);
    }

    private static String upper(Map<String, String> values, String key) {
        return value(values, key).toUpperCase(Locale.ROOT);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String oneLine(String reason) {
        String line = reason.replace('\n', ' ').replace('\0', ' ');
        return line.length() > REASON_LIMIT ? line.substring(0, REASON_LIMIT) : line;
    }

    private static String sum(String body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(body.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
