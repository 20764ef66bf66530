// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

/** A step did not reach its end. */
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean fatal;

    /**
     * A failure.
     *
     * @param fatal whether the steps after it are pointless
     */
    StepFailedException(String detail, boolean fatal) {
        super(detail);
        this.fatal = fatal;
    }

    boolean fatal() {
        return fatal;
    }
}
