// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.RenegotiationRequiredException;
import io.undertow.server.SSLSessionInfo;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Who gets an answer: the pinned peer on every route, and anybody on the pairing routes while the window is open. */
final class PeerGate {
    private final Supplier<Optional<X509Certificate>> peer;
    private final BooleanSupplier pairingOpen;

    PeerGate(Supplier<Optional<X509Certificate>> peer, BooleanSupplier pairingOpen) {
        this.peer = peer;
        this.pairingOpen = pairingOpen;
    }

    boolean admits(@Nullable X509Certificate caller, @Nullable PeerRoute route) {
        if (route != null && route.kind() == PeerRoute.Kind.PAIRING) {
            return pairingOpen.getAsBoolean();
        }
        return caller != null && peer.get().filter(caller::equals).isPresent();
    }

    static @Nullable X509Certificate callerOf(HttpServerExchange exchange) {
        SSLSessionInfo session = exchange.getConnection().getSslSessionInfo();
        if (session == null) {
            return null;
        }
        try {
            Certificate[] shown = session.getPeerCertificates();
            return shown.length > 0 && shown[0] instanceof X509Certificate first ? first : null;
        } catch (SSLPeerUnverifiedException | RenegotiationRequiredException e) {
            // No certificate was shown.
            return null;
        }
    }
}
