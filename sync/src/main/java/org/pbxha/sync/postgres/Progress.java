// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

/** Hears how far a snapshot is. Called on the thread that sends. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (table, done, all) -> {};

    /**
     * A table begins.
     *
     * @param table without the schema
     * @param done how many tables have been sent before
     * @param all how many there are to be sent
     */
    void begins(String table, int done, int all);
}
