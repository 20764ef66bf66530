// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

/**
 * One way through a table, in the order of ids. Its rows are those of a range of transactions that are all over, so none is
 * added while it lasts; one that is updated meanwhile belongs to a later pass.
 *
 * @param from first transaction
 * @param to transaction behind the last one
 * @param after id behind which it goes on
 * @param upTo last id
 * @param younger lowest id met so far whose row is of a later pass; {@link Long#MAX_VALUE} for none
 */
record Pass(long from, long to, long after, long upTo, long younger) {
    Pass(long from, long to, long after, long upTo) {
        this(from, to, after, upTo, Long.MAX_VALUE);
    }

    Pass goOnAfter(long id, long met) {
        return new Pass(from, to, id, upTo, Math.min(younger, met));
    }
}
