// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync;

/** The work was stopped through its {@link Cancellation}; what it had begun was undone. */
public final class CancelledException extends SyncException {
    public CancelledException(String reason) {
        super("cancelled: " + reason, "Nothing to repair: start it again when the reason is gone.", null);
    }
}
