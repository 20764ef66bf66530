// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.util.Optional;
import org.pbxha.agent.state.Meeting;
import org.pbxha.agent.state.NodeState;

/** This node, as the keeper of split-brain reports sees it: its durable state, and whom to tell. */
public interface Place {
    /** The state after the last turn, empty before the first. */
    Optional<NodeState> state();

    /** Has the next turn put this meeting into the state, unless one is there; returns when it is on the disk. */
    void open(Meeting meeting);

    /** Has the next turn take the meeting out of the state, if it is one of the report's; returns when it is on the disk. */
    void close(SplitBrain report);

    /** Writes a line into the journal. */
    void note(String text);

    /** Tells hooks. */
    void tell(SplitBrain report);
}
