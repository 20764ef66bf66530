// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.state.Meeting;

/**
 * The report of a split brain, the same JSON on the disk, between the nodes, for hooks and for people. Meetings that come
 * before the one before is accepted belong to the same report: what has been written adds up.
 *
 * @param meetings when two actives met, oldest first; at least one
 * @param master what the master wrote, null as long as it is not known here
 * @param slave what the slave wrote, null as long as it is not known here
 * @param told whether hooks of this node have been told of the last meeting
 * @param acceptance who accepted the loss, null as long as nobody has
 */
public record SplitBrain(
        List<Meeting> meetings,
        @Nullable Writes master,
        @Nullable Writes slave,
        boolean told,
        @Nullable Acceptance acceptance) {
    private static final int MOST_MEETINGS = 50;

    /** Takes the latest meetings only, should a link flap all night. */
    @SuppressWarnings("NullAway") // Jackson passes null for what is missing.
    public SplitBrain {
        List<Meeting> all = meetings == null ? List.of() : meetings;
        meetings = List.copyOf(all.subList(Math.max(0, all.size() - MOST_MEETINGS), all.size()));
    }

    /** A report that begins with a meeting. */
    static SplitBrain of(Meeting first) {
        return new SplitBrain(List.of(first), null, null, false, null);
    }

    /** The last meeting. */
    public Meeting last() {
        return meetings.get(meetings.size() - 1);
    }

    /** Whether a meeting is in it; null is not. */
    public boolean has(@Nullable Meeting meeting) {
        return meetings.stream().anyMatch(known -> known.isSame(meeting));
    }

    /** This report with a meeting, unless it is in it; hooks have not been told of it. */
    SplitBrain with(Meeting meeting) {
        if (has(meeting)) {
            return this;
        }
        List<Meeting> all = new ArrayList<>(meetings);
        all.add(meeting);
        return new SplitBrain(all, master, slave, false, acceptance);
    }

    /** This report with what a node wrote. */
    SplitBrain with(Role role, @Nullable Writes writes) {
        return role == Role.MASTER
                ? new SplitBrain(meetings, writes, slave, told, acceptance)
                : new SplitBrain(meetings, master, writes, told, acceptance);
    }

    /** What a node wrote, null as long as that is not known here. */
    @Nullable
    Writes writes(Role role) {
        return role == Role.MASTER ? master : slave;
    }

    SplitBrain withTold() {
        return new SplitBrain(meetings, master, slave, true, acceptance);
    }

    SplitBrain with(Acceptance accepted) {
        return new SplitBrain(meetings, master, slave, told, accepted);
    }
}
