// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;

/**
 * Two nodes met that were both active. It stands in the state file until an operator accepts that data will be overwritten:
 * written together with the decision that it led to, so no agent that is killed forgets it, and readable without a JVM.
 *
 * @param met when it was noticed, by the clock of the node that noticed; mostly when one stood down
 * @param master for how long the master had been active
 * @param slave for how long the slave had been active
 */
public record Meeting(Instant met, Term master, Term slave) {
    private static final int FIELDS = 5;
    private static final String UNKNOWN = "?";

    /** One that lacks anything, as another version might send it, is none. */
    public Meeting {
        Objects.requireNonNull(met, "met");
        Objects.requireNonNull(master, "master");
        Objects.requireNonNull(slave, "slave");
    }

    /**
     * A time in which a node was active.
     *
     * @param epoch the node's epoch in it
     * @param since when it began, by the node's own clock; null when the node did not say
     */
    public record Term(long epoch, @Nullable Instant since) {}

    /** The meeting as a node sees it. */
    public static Meeting of(Role role, Instant met, Term own, Term peers) {
        return role == Role.MASTER ? new Meeting(met, own, peers) : new Meeting(met, peers, own);
    }

    /** Whether it is the same meeting, which the two nodes need not have noticed in the same moment. */
    public boolean isSame(@Nullable Meeting other) {
        return other != null && master.equals(other.master) && slave.equals(other.slave);
    }

    /** Since when both were active; the clocks of the nodes are taken to agree. */
    public Instant from() {
        return Stream.of(master.since(), slave.since())
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(met);
    }

    /** For how long both were active; negative when the clocks of the nodes differ. */
    public Duration overlap() {
        return Duration.between(from(), met);
    }

    /** Who has kept telephony. */
    public Role stayed() {
        return master.epoch() > slave.epoch() ? Role.MASTER : Role.SLAVE;
    }

    /** As the state file has it; empty for none. */
    static String text(@Nullable Meeting meeting) {
        return meeting == null ? "" : meeting.met + " " + text(meeting.master) + " " + text(meeting.slave);
    }

    private static String text(Term term) {
        return term.epoch + " " + (term.since == null ? UNKNOWN : term.since);
    }

    /** Reads {@link #text(Meeting)}. */
    static @Nullable Meeting parse(String text) {
        if (text.isEmpty()) {
            return null;
        }
        List<String> fields = List.of(text.split(" ", -1));
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("not a meeting: " + text);
        }
        return new Meeting(
                Instant.parse(fields.get(0)), term(fields.get(1), fields.get(2)), term(fields.get(3), fields.get(4)));
    }

    private static Term term(String epoch, String since) {
        return new Term(Long.parseLong(epoch), since.equals(UNKNOWN) ? null : Instant.parse(since));
    }
}
