// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

/** A text that is not a value of an option's type; says why and what to write instead. */
public final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String suggestion;

    /** A value that cannot be used, with the reason and what to write instead. */
    public BadValueException(String reason, String suggestion) {
        super(reason);
        this.suggestion = suggestion;
    }

    /** Why it cannot be used. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** What to write instead, may be empty. */
    public String suggestion() {
        return suggestion;
    }
}
