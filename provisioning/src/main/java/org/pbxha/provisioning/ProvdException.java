// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

/** The provisioning server did not do what was asked. The message is a sentence for a person. */
public final class ProvdException extends Exception {
    private static final long serialVersionUID = 1L;

    ProvdException(String message) {
        super(message);
    }

    ProvdException(String message, Throwable cause) {
        super(message, cause);
    }
}
