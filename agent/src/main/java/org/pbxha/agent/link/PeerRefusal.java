// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

/**
 * This node refuses what the other one asks for. The sentence and the next step reach the administrator who asked, so
 * they carry values and no secrets.
 */
public final class PeerRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String hint;

    /**
     * A refusal.
     *
     * @param status HTTP status, 400 to 599; 409 when the state of this node forbids it
     * @param sentence what is refused and why
     * @param hint what to do next, may be empty
     */
    public PeerRefusal(int status, String sentence, String hint) {
        super(sentence);
        this.status = status;
        this.hint = hint;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What to do next, may be empty. */
    public String hint() {
        return hint;
    }
}
