// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import org.jspecify.annotations.Nullable;
import org.pbxha.sync.SyncException;

/** Events could not be shipped. What had been committed on the target stays there, nothing else does. */
public final class ShippingException extends SyncException {
    /** What kind of trouble it is, as far as that changes what is done next. */
    public enum Kind {
        /** A database is not reached or refuses the role: nothing works until it is back. */
        CONNECTION,
        /** The role may not do what is needed. */
        RIGHTS,
        /** A row does not fit into the target's table. */
        ROW,
        /** Something about one table. */
        TABLE
    }

    private final Kind kind;

    /** Says what failed, with values and without rows or secrets, and what to do next. */
    public ShippingException(Kind kind, String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
        this.kind = kind;
    }

    /** What kind of trouble it is. */
    public Kind kind() {
        return kind;
    }

    ShippingException about(String table, String id) {
        return new ShippingException(
                kind,
                getMessage() + ": the row with id " + id + " of " + table,
                "Compare the table on both sides; on the target, widen the column or drop the constraint (ALTER TABLE).",
                null);
    }

    ShippingException withHint(String hint) {
        return new ShippingException(kind, String.valueOf(getMessage()), hint, getCause());
    }
}
