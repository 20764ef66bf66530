// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import org.jspecify.annotations.Nullable;

/** Setting up, or taking it back, did not go all the way. */
public final class SetupException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    /** What failed, with values, and what to do next. */
    public SetupException(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What to do next. */
    public String hint() {
        return hint;
    }
}
