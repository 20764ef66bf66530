// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Which node a client talks to.
 *
 * @param address its address, resolved, and its port
 * @param tls a context that accepts its certificate only
 * @param version this node's version of pbx-ha
 */
public record PeerTarget(InetSocketAddress address, SSLContext tls, String version) {
    /** The paired node, known by its certificate. */
    public static PeerTarget peer(
            InetSocketAddress address, Identity identity, X509Certificate pinned, String version) {
        return new PeerTarget(address, LinkTls.client(identity, pinned::equals), version);
    }

    /** A node known by the beginning of its certificate's fingerprint; without an own identity yet, show none. */
    public static PeerTarget pairing(
            InetSocketAddress address, @Nullable Identity identity, byte[] fingerprint, String version) {
        return new PeerTarget(
                address, LinkTls.client(identity, shown -> Fingerprint.of(shown).startsWith(fingerprint)), version);
    }

    /** Address and port for people. */
    String name() {
        return address.getAddress().getHostAddress() + " port " + address.getPort();
    }
}
