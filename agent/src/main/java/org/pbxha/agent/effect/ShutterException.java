// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

/** The firewall could not be changed or looked at. The message says what failed and what to do next. */
public final class ShutterException extends Exception {
    private static final long serialVersionUID = 1L;

    ShutterException(String what, String next) {
        super(what + "; " + next);
    }
}
