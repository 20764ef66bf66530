// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync;

import org.jspecify.annotations.Nullable;

/**
 * Something about moving data failed. The message says what, with values; the hint says what to do next. Neither ever
 * holds a secret or the content of a row.
 */
public abstract class SyncException extends Exception {
    private final String hint;

    protected SyncException(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What the administrator can do about it, one sentence. */
    public final String hint() {
        return hint;
    }
}
