// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.util.Locale;
import org.pbxha.agent.setup.PairingCode.BadCodeException;

/**
 * Crockford's base 32: no letter that is mistaken for another one. Reading takes O for 0, I and L for 1, and leaves out
 * blanks, line ends and dashes.
 */
final class Base32 {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;

    private Base32() {}

    /** Bytes whose number of bits is a multiple of five, in groups of that many digits. */
    static String encode(byte[] bytes, int group) {
        StringBuilder text = new StringBuilder();
        int digits = bytes.length * Byte.SIZE / BITS;
        for (int i = 0; i < digits; i++) {
            if (i > 0 && i % group == 0) {
                text.append('-');
            }
            int value = 0;
            for (int bit = i * BITS; bit < (i + 1) * BITS; bit++) {
                value = value << 1 | bit(bytes, bit);
            }
            text.append(DIGITS.charAt(value));
        }
        return text.toString();
    }

    /** Reads exactly that many bytes. */
    static byte[] decode(String typed, int size) throws BadCodeException {
        String text = clean(typed);
        int digits = size * Byte.SIZE / BITS;
        if (text.length() != digits) {
            throw new BadCodeException("the code has " + digits + " letters and digits, this one has " + text.length());
        }
        byte[] bytes = new byte[size];
        for (int i = 0; i < digits; i++) {
            int value = DIGITS.indexOf(text.charAt(i));
            if (value < 0) {
                throw new BadCodeException("no code contains '" + text.charAt(i) + "' (character " + (i + 1) + ")");
            }
            for (int bit = 0; bit < BITS; bit++) {
                int at = i * BITS + bit;
                bytes[at / Byte.SIZE] |= (byte) ((value >> (BITS - 1 - bit) & 1) << (Byte.SIZE - 1 - at % Byte.SIZE));
            }
        }
        return bytes;
    }

    private static String clean(String typed) {
        return typed.replaceAll("[\\s\\p{Pd}]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }

    private static int bit(byte[] bytes, int at) {
        return bytes[at / Byte.SIZE] >> (Byte.SIZE - 1 - at % Byte.SIZE) & 1;
    }
}
