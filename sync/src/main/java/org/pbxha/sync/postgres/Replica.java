// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the receiver has already: the master need not send it again.
 *
 * @param baseline the moment in the master's database that the receiver's rows are from, empty when there is none
 * @param intact the tables that are on the receiver as they were sent then, with their numbers of rows
 * @param keys whether keys are to be sent with changed rows, because rows may have been deleted
 */
public record Replica(Optional<Baseline> baseline, Map<String, Long> intact, boolean keys) {
    /** Nothing is known of the receiver: it gets everything. */
    public static final Replica NONE = new Replica(Optional.empty(), Map.of(), false);

    public Replica {
        intact = Collections.unmodifiableMap(new TreeMap<>(intact));
    }

    /** The same, with keys. */
    public Replica withKeys() {
        return new Replica(baseline, intact, true);
    }
}
