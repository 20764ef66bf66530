// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS 1.3 contexts of the link. */
final class LinkTls {
    static final String PROTOCOL = "TLSv1.3";

    /**
     * ChaCha20 first: the agent runs with the quick compiler only, to be small, and that one has no AES instructions;
     * a stream then costs half the processor time.
     */
    private static final List<String> CIPHERS = List.of("TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

    private LinkTls() {}

    static String[] ciphers() {
        return CIPHERS.toArray(String[]::new);
    }

    /**
     * A server's context. It takes any client certificate, which proves only that the client has its key; who may do
     * what is decided per request, so that a node which is not the peer gets an answer it can show.
     */
    static SSLContext server(Identity identity) {
        return context(identity, certificate -> true);
    }

    /** A client's context that talks only to a server whose certificate {@code expected} accepts. */
    static SSLContext client(@Nullable Identity identity, Predicate<X509Certificate> expected) {
        return context(identity, expected);
    }

    private static SSLContext context(@Nullable Identity identity, Predicate<X509Certificate> expected) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keyManagers(identity), new TrustManager[] {new CertificateTrust(expected)}, null);
            return context;
        } catch (NoSuchAlgorithmException | KeyManagementException e) {
            throw new IllegalStateException("this Java runtime cannot do " + PROTOCOL, e);
        }
    }

    private static KeyManager @Nullable [] keyManagers(@Nullable Identity identity) {
        try {
            return identity == null ? null : identity.keyManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the node's key does not open with its password", e);
        }
    }
}
