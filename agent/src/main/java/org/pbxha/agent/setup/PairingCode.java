// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.pbxha.agent.link.Fingerprint;

/**
 * What a person carries from the slave to the master: a secret of 128 bits that shows the slave whom to trust, the first
 * 128 bits of the slave's fingerprint that show the master whom to trust, and a checksum of 24 bits, so that a typing error
 * is known before anything is sent. Written in Crockford's base 32, 14 groups of four; case and separators do not count.
 */
public final class PairingCode {
    private static final int SECRET = 16;
    private static final int FINGERPRINT = 16;
    private static final int CHECKSUM = 3;
    private static final int SIZE = SECRET + FINGERPRINT + CHECKSUM;
    private static final int GROUP = 4;
    private static final byte[] PURPOSE = "pbx-ha pairing code 1".getBytes(US_ASCII);

    private final byte[] secret;
    private final byte[] fingerprint;

    private PairingCode(byte[] secret, byte[] fingerprint) {
        this.secret = secret;
        this.fingerprint = fingerprint;
    }

    /** A fresh code of the node with this fingerprint. */
    public static PairingCode generate(Fingerprint node) {
        byte[] secret = new byte[SECRET];
        new SecureRandom().nextBytes(secret);
        return new PairingCode(secret, node.prefix(FINGERPRINT));
    }

    /**
     * The code that a person typed or pasted.
     *
     * @throws BadCodeException when it is not one, with a sentence that says what is wrong and never the code itself
     */
    public static PairingCode parse(String typed) throws BadCodeException {
        byte[] bytes = Base32.decode(typed, SIZE);
        byte[] secret = Arrays.copyOfRange(bytes, 0, SECRET);
        byte[] fingerprint = Arrays.copyOfRange(bytes, SECRET, SECRET + FINGERPRINT);
        byte[] checksum = Arrays.copyOfRange(bytes, SECRET + FINGERPRINT, SIZE);
        if (!MessageDigest.isEqual(checksum, checksum(secret, fingerprint))) {
            throw new BadCodeException("the code has a typing error: its checksum is wrong");
        }
        return new PairingCode(secret, fingerprint);
    }

    /** What to print. */
    public String text() {
        byte[] bytes = Arrays.copyOf(secret, SIZE);
        System.arraycopy(fingerprint, 0, bytes, SECRET, FINGERPRINT);
        System.arraycopy(checksum(secret, fingerprint), 0, bytes, SECRET + FINGERPRINT, CHECKSUM);
        return Base32.encode(bytes, GROUP);
    }

    /** The beginning of the slave's fingerprint. */
    public byte[] fingerprint() {
        return fingerprint.clone();
    }

    /** The secret as it is sent, once the slave's certificate is known to be the right one. */
    String secret() {
        return HexFormat.of().formatHex(secret);
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "PairingCode of " + HexFormat.of().formatHex(fingerprint);
    }

    private static byte[] checksum(byte[] secret, byte[] fingerprint) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(PURPOSE);
            digest.update(secret);
            digest.update(fingerprint);
            return Arrays.copyOf(digest.digest(), CHECKSUM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What was typed is not a pairing code. */
    public static final class BadCodeException extends Exception {
        private static final long serialVersionUID = 1L;

        BadCodeException(String message) {
            super(message);
        }
    }
}
