// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

/** A method could not confirm that the master serves no more. */
final class FenceException extends Exception {
    private static final long serialVersionUID = 1L;

    FenceException(String message) {
        super(message);
    }

    FenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
