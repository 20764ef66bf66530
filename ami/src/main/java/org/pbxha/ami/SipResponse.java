// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The few things of a SIP response that say whether it answers an OPTIONS request, and how.
 *
 * @param status 100 to 699
 * @param branch of the first Via header
 * @param callId as received
 * @param sequence number of the CSeq header, whose method is OPTIONS
 */
record SipResponse(int status, String branch, String callId, long sequence) {
    private static final Pattern STATUS = Pattern.compile("SIP/2\\.0 ([1-6]\\d\\d)( .*)?");
    private static final Pattern BRANCH = Pattern.compile(";\\s*branch\\s*=\\s*([^;,\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SEQUENCE = Pattern.compile("(\\d{1,10})\\s+OPTIONS");

    /** Empty for anything else than a complete response to an OPTIONS request. */
    static Optional<SipResponse> parse(byte[] datagram, int length) {
        String[] lines = new String(datagram, 0, length, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        Matcher status = STATUS.matcher(lines[0]);
        @Nullable String branch = find(BRANCH, header(lines, "via", "v"));
        @Nullable String callId = header(lines, "call-id", "i");
        @Nullable String sequence = find(SEQUENCE, header(lines, "cseq", "cseq"));
        if (!status.matches() || branch == null || callId == null || sequence == null) {
            return Optional.empty();
        }
        return Optional.of(
                new SipResponse(Integer.parseInt(status.group(1)), branch, callId, Long.parseLong(sequence)));
    }

    boolean isFinal() {
        return status >= 200;
    }

    /** The first header of that name, long or compact, up to the empty line that ends the headers. */
    private static @Nullable String header(String[] lines, String name, String compactName) {
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String found = lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT);
                if (found.equals(name) || found.equals(compactName)) {
                    return lines[i].substring(colon + 1).strip();
                }
            }
        }
        return null;
    }

    private static @Nullable String find(Pattern pattern, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
