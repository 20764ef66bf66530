// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key in OpenSSH's one-line form, without options and comment. Keys of the peer end up in authorized_keys and
 * known_hosts, so nothing but a real key gets through: no option, no second line.
 *
 * @param type for example ssh-ed25519
 * @param base64 the key itself
 */
public record SshPublicKey(String type, String base64) {
    private static final Pattern LINE = Pattern.compile(
            "(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) ([A-Za-z0-9+/]{40,4000}={0,2})(?: [^\\r\\n]*)?");

    public SshPublicKey {
        if (!LINE.matcher(type + " " + base64).matches() || !type.equals(innerType(base64))) {
            throw new IllegalArgumentException("not an OpenSSH public key of a current type");
        }
    }

    /**
     * Reads {@code TYPE BASE64 [COMMENT]}.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static SshPublicKey parse(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an OpenSSH public key of a current type");
        }
        return new SshPublicKey(matcher.group(1), matcher.group(2));
    }

    /** The key as OpenSSH writes it, without a comment. */
    public String line() {
        return type + " " + base64;
    }

    /** The fingerprint that {@code ssh-keygen -l} shows: {@code SHA256:...}. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The type inside the key's blob: a length and that many letters. */
    private static String innerType(String base64) {
        ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        int length = blob.remaining() < Integer.BYTES ? -1 : blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            return "";
        }
        byte[] name = new byte[length];
        blob.get(name);
        return new String(name, StandardCharsets.US_ASCII);
    }
}
