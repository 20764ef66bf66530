// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderedConfigurationTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void theAccountIsForLoopbackAndMayChangeNothing() {
        assertThat(AmiAccountFile.render("pbx-ha", SECRET))
                .contains("[pbx-ha]\n", "secret = " + SECRET + "\n")
                .contains("deny = 0.0.0.0/0\n", "deny = ::/0\n", "permit = 127.0.0.1/32\n")
                .contains("read = system\n", "write = reporting\n")
                .endsWith("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "0123456789abcdef0123456789abcde;", "0123456789abcdef0123456789\nread = all"})
    void refusesASecretThatAsteriskWouldReadOtherwiseAndDoesNotRepeatIt(String secret) {
        assertThatThrownBy(() -> AmiAccountFile.render("pbx-ha", secret))
                .isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwable::getMessage)
                .matches(message -> secret.isEmpty() || !message.contains(secret));
    }

    @Test
    void refusesAUserThatWouldBeginAnotherSection() {
        assertThatThrownBy(() -> AmiAccountFile.render("x]\n[admin", SECRET))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProbeEndpointIsKnownByAddressAndReachesNothing() throws UnknownHostException {
        assertThat(SipProbeEndpoint.render(
                        List.of(InetAddress.getByName("10.0.0.2"), InetAddress.getByName("2001:db8::2"))))
                .contains("context = pbx-ha-no-calls\n", "disallow = all\n", "identify_by = ip\n")
                .contains("endpoint = pbx-ha-probe\nmatch = 10.0.0.2\nmatch = 2001:db8:0:0:0:0:0:2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.5.0.1", "::1", "0.0.0.0", "224.0.1.75"})
    void refusesToKnowAnEndpointByAnAddressThatOthersShare(String address) throws UnknownHostException {
        List<InetAddress> sources = List.of(InetAddress.getByName(address));
        assertThatThrownBy(() -> SipProbeEndpoint.render(sources)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SipProbeEndpoint.render(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
