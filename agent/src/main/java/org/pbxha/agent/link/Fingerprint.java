// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of a certificate in its DER form: the name by which nodes know each other. Equal when the bytes are. */
public final class Fingerprint {
    private final byte[] digest;

    private Fingerprint(byte[] digest) {
        this.digest = digest;
    }

    /** The fingerprint of a certificate. */
    public static Fingerprint of(X509Certificate certificate) {
        try {
            return new Fingerprint(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("cannot digest a certificate", e);
        }
    }

    /** The fingerprint written by {@link #toString()}. */
    public static Fingerprint parse(String hex) {
        byte[] digest = HexFormat.of().parseHex(hex);
        if (digest.length != 32) {
            throw new IllegalArgumentException("a fingerprint has 64 hexadecimal digits, not " + hex.length());
        }
        return new Fingerprint(digest);
    }

    /** The first {@code length} bytes. */
    public byte[] prefix(int length) {
        return Arrays.copyOf(digest, length);
    }

    /** Whether the fingerprint begins with these bytes. */
    public boolean startsWith(byte[] prefix) {
        return MessageDigest.isEqual(prefix, prefix(prefix.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }
}
