// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

/** The manager interface did not do what was asked. The message is a sentence for a person and holds no secret. */
final class AmiException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as the next try depends on it. */
    enum Kind {
        /** Nothing listens on the port: Asterisk is down. */
        REFUSED,
        /** Asterisk turned the account away, or does not let it do what it must. */
        ACCOUNT,
        /** No answer in time. */
        TIMEOUT,
        /** The connection could not be made, or broke. */
        LOST
    }

    private final Kind kind;

    AmiException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    AmiException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
