// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts by looking at the certificate itself and at nothing else. The extended class keeps the runtime from adding its
 * own checks of host names, dates and algorithms.
 */
final class CertificateTrust extends X509ExtendedTrustManager {
    private final Predicate<X509Certificate> expected;

    CertificateTrust(Predicate<X509Certificate> expected) {
        this.expected = expected;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (!expected.test(chain[0])) {
            throw new UnexpectedCertificateException(Fingerprint.of(chain[0]));
        }
    }

    /** The other side has a good certificate which is not the expected one. */
    static final class UnexpectedCertificateException extends CertificateException {
        private static final long serialVersionUID = 1L;

        UnexpectedCertificateException(Fingerprint shown) {
            super("the other side shows certificate " + shown + ", which is not the expected one");
        }
    }
}
