// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.Map;
import java.util.Optional;

/**
 * The receiving side of one snapshot.
 *
 * @param tables what this node has told the master of its tables; empty when nothing
 * @param generations where what comes is kept, empty when nowhere
 */
public record Receiver(Optional<IntactTables> tables, Optional<Generations> generations) {
    /** Has told nothing and keeps nothing. */
    public static final Receiver PLAIN = new Receiver(Optional.empty(), Optional.empty());

    /** The tables that the master may leave out, with their numbers of rows. */
    Map<String, Long> intact() {
        return tables.map(IntactTables::rows).orElse(Map.of());
    }

    /** From the moment at which the tables were looked at, not from the commit: nobody was kept from writing between. */
    Baseline baseline(Baseline atCommit) {
        return tables.map(told -> new Baseline(
                        atCommit.database(), told.moment().snapshot(), atCommit.applied(), atCommit.rows()))
                .orElse(atCommit);
    }

    PartSink sink(Manifest manifest, Contents contents) {
        return generations
                .<PartSink>map(ours -> new GenerationWriter(ours, manifest, contents))
                .orElse(PartSink.NONE);
    }
}
