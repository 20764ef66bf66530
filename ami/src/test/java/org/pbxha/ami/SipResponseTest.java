// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipResponseTest {
    @Test
    void readsCompactAndOddlySpacedHeaders() {
        assertThat(
                        parse(
                                "SIP/2.0 200 OK\r\nv : SIP/2.0/UDP 10.0.0.1:5060 ; Branch = z9hG4bKabc;rport\r\nI:call\r\ncseq:  7   OPTIONS\r\n\r\n"))
                .contains(new SipResponse(200, "z9hG4bKabc", "call", 7));
    }

    @Test
    void takesTheFirstViaOnly() {
        assertThat(
                        parse(
                                "SIP/2.0 404\r\nVia: SIP/2.0/UDP a;branch=first\r\nVia: SIP/2.0/UDP b;branch=second\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n"))
                .contains(new SipResponse(404, "first", "c", 1));
    }

    @Test
    void doesNotReadHeadersOutOfTheBody() {
        assertThat(parse("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;branch=b\r\nCall-ID: c\r\n\r\nCSeq: 1 OPTIONS\r\n"))
                .isEmpty();
    }

    @Test
    void survivesArbitraryBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            assertThat(SipResponse.parse(bytes, bytes.length)).isEmpty();
        }
    }

    @Test
    void aRequestKnowsItsAnswerOverIpv6() throws UnknownHostException {
        SipRequest request = SipRequest.next(12, new Random(1));
        InetSocketAddress from = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 40_000);
        InetSocketAddress to = new InetSocketAddress(InetAddress.getByName("2001:db8::2"), 5060);
        String sent = new String(request.encode(from, to), StandardCharsets.US_ASCII);
        assertThat(sent)
                .startsWith(
                        "OPTIONS sip:[2001:db8:0:0:0:0:0:2]:5060 SIP/2.0\r\nVia: SIP/2.0/UDP [2001:db8:0:0:0:0:0:1]:40000;");
        byte[] answer = SipPeer.response(200, sent);
        assertThat(SipResponse.parse(answer, answer.length)).hasValueSatisfying(response -> {
            assertThat(request.isAnsweredBy(response)).isTrue();
            assertThat(SipRequest.next(12, new Random(2)).isAnsweredBy(response))
                    .isFalse();
        });
    }

    private static Optional<SipResponse> parse(String text) {
        byte[] bytes = SipPeer.bytes(text);
        return SipResponse.parse(bytes, bytes.length);
    }
}
