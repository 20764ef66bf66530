// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When this node tells what it wrote: once for each meeting, and again when it has served on and stood down since. What could
 * not be told at once is tried some more times. One thread calls it.
 */
final class OwnHalf {
    /** How many calls lie between two tries. */
    private static final int PAUSE = 12;

    private static final int MOST_TRIES = 5;

    private final Function<SplitBrain, Writes> gather;
    private @Nullable Object occasion;
    private int tries;
    private int calls;

    /**
     * A half that nobody has told yet.
     *
     * @param gather tells it; takes its time
     */
    OwnHalf(Function<SplitBrain, Writes> gather) {
        this.gather = gather;
    }

    /**
     * What this node wrote, when it is to be told now.
     *
     * @param known what it has told before, null when nothing
     * @param since when this node's service state moved last
     */
    Optional<Writes> tell(SplitBrain open, @Nullable Writes known, Instant since) {
        List<Object> now = List.of(open.last(), since);
        if (!now.equals(occasion)) {
            occasion = now;
            tries = 0;
        }
        boolean untold = known == null || !known.database().problem().isEmpty();
        boolean again = untold && tries < MOST_TRIES && ++calls >= PAUSE;
        if (tries > 0 && !again) {
            return Optional.empty();
        }
        tries++;
        calls = 0;
        return Optional.of(gather.apply(open));
    }
}
