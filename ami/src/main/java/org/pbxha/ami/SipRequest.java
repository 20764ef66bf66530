// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * One OPTIONS request, outside of any dialog.
 *
 * @param branch of the Via header; random, so that an answer cannot be guessed
 * @param callId random as well
 * @param sequence number of the CSeq header
 */
record SipRequest(String branch, String callId, long sequence) {
    /** What RFC 3261 has each branch begin with. */
    private static final String MAGIC_COOKIE = "z9hG4bK";

    private static final int RANDOM_BYTES = 16;

    static SipRequest next(long sequence, RandomGenerator random) {
        return new SipRequest(MAGIC_COOKIE + token(random), token(random), sequence);
    }

    /**
     * The datagram. The request URI has no user part: Asterisk then answers 200 without a look into the dialplan, and to a
     * user that it does not know 404.
     */
    byte[] encode(InetSocketAddress from, InetSocketAddress to) {
        String source = SipAddress.hostPort(from.getAddress(), from.getPort());
        String target = SipAddress.hostPort(to.getAddress(), to.getPort());
        String message = String.join(
                "\r\n",
                "OPTIONS sip:" + target + " SIP/2.0",
                "Via: SIP/2.0/UDP " + source + ";branch=" + branch + ";rport",
                "Max-Forwards: 70",
                "From: <sip:pbx-ha@" + SipAddress.host(from.getAddress()) + ">;tag=" + callId.substring(0, 8),
                "To: <sip:" + target + ">",
                "Call-ID: " + callId,
                "CSeq: " + sequence + " OPTIONS",
                "Contact: <sip:pbx-ha@" + source + ">",
                "User-Agent: pbx-ha",
                "Accept: application/sdp",
                "Content-Length: 0",
                "",
                "");
        return message.getBytes(StandardCharsets.US_ASCII);
    }

    boolean isAnsweredBy(SipResponse response) {
        return branch.equals(response.branch()) && callId.equals(response.callId()) && sequence == response.sequence();
    }

    private static String token(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
