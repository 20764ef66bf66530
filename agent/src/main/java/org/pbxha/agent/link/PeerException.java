// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

/**
 * A request to the peer got no good answer. The message says what failed with values, the hint what to do next.
 */
public final class PeerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is, for the caller to act on. */
    public enum Kind {
        /** Nothing answers, or not in time. */
        UNREACHABLE,
        /** Something answers that is not the expected node: another certificate, or no peer link at all. */
        NOT_OUR_PEER,
        /** The peer does not know this node's certificate. */
        STRANGER,
        /** The peer runs another version and this request needs the same one. */
        VERSION,
        /** The peer said no, or failed; the message is its own sentence. */
        REFUSED
    }

    private final Kind kind;
    private final String hint;

    /** A failure without a cause of its own. */
    public PeerException(Kind kind, String message, String hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    PeerException(Kind kind, String message, String hint, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** What to do next, may be empty. */
    public String hint() {
        return hint;
    }
}
