// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Certificates as PEM text. */
public final class Certificates {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----\n";
    private static final String END = "\n-----END CERTIFICATE-----\n";

    private Certificates() {}

    /** One certificate as PEM. */
    public static String pem(X509Certificate certificate) {
        try {
            byte[] lineEnd = {'\n'};
            return BEGIN + Base64.getMimeEncoder(64, lineEnd).encodeToString(certificate.getEncoded()) + END;
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("cannot encode a certificate", e);
        }
    }

    /**
     * The certificate in PEM text.
     *
     * @throws CertificateException when it is none
     */
    public static X509Certificate parse(String pem) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    }
}
