// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

/**
 * A path of the peer server and what answers a POST to it.
 *
 * @param path absolute path, for example {@code /v1/heartbeat}
 * @param kind who may call it and what its body is
 * @param admission for streams: says no before any data is sent; its answer is not used
 * @param handler answers
 */
public record PeerRoute(String path, Kind kind, PeerHandler admission, PeerHandler handler) {
    /** Who may call a route and what its body is. */
    public enum Kind {
        /** The peer, with a small text body; any version. */
        TEXT,
        /** The peer, with a body of any length; the same version of pbx-ha only. */
        STREAM,
        /** Anybody, with a small text body, while the pairing window is open; the handler checks the code. */
        PAIRING
    }

    private static final PeerHandler ALWAYS = call -> "";

    /** A route for the peer with small requests. */
    public static PeerRoute text(String path, PeerHandler handler) {
        return new PeerRoute(path, Kind.TEXT, ALWAYS, handler);
    }

    /** A route for the peer that takes a stream; {@code admission} is asked before the peer sends it, and again then. */
    public static PeerRoute stream(String path, PeerHandler admission, PeerHandler handler) {
        return new PeerRoute(path, Kind.STREAM, admission, handler);
    }

    /** A route that is open while the pairing window is. */
    public static PeerRoute pairing(String path, PeerHandler handler) {
        return new PeerRoute(path, Kind.PAIRING, ALWAYS, handler);
    }
}
