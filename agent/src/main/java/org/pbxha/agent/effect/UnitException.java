// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

/** systemd could not be asked or did not answer. */
public final class UnitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnitException(String message) {
        super(message);
    }
}
