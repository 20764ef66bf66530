// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

/** A text that is not a value of an option's type; says why and what to write instead. */
final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String suggestion;

    BadValueException(String reason, String suggestion) {
        super(reason);
        this.suggestion = suggestion;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String suggestion() {
        return suggestion;
    }
}
