// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The watch against a real Asterisk, with the account that {@link AmiAccountFile} renders. */
class AmiWatchIT {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String MANAGER = """
            [general]
            enabled = yes
            port = 5038
            bindaddr = 0.0.0.0
            #include "manager.d/*.conf"
            """;

    @ParameterizedTest
    @CsvSource({"bullseye,16.", "forky,22."})
    void seesVersionCallsHangsCrashesAndReturns(String suite, String version) throws UnknownHostException {
        try (RealAsterisk asterisk = asterisk(suite, true);
                AmiWatch watch = watch(asterisk)) {
            watch.start();
            await().until(() -> watch.report().problem() != null);
            assertThat(watch.report().problem()).startsWith("Asterisk is not running");

            asterisk.launch();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> watch.report().activeCalls().isPresent());
            assertThat(watch.report().fullyBooted()).isTrue();
            assertThat(watch.report().version()).startsWith(version);
            assertThat(watch.report().activeCalls()).hasValue(0);
            assertThat(watch.report().pingRoundTrip()).isLessThan(Duration.ofSeconds(1));

            asterisk.cli("channel originate Local/1@here application Wait 60");
            await().until(() -> watch.report().activeCalls().orElse(0) > 0);

            asterisk.signal("STOP");
            await().until(() -> pingAge(watch).compareTo(Duration.ofSeconds(3)) > 0);
            await().until(() -> !watch.report().connected());
            assertThat(watch.report().problem()).contains("does not answer");
            asterisk.signal("CONT");
            await().atMost(Duration.ofSeconds(20)).until(() -> watch.report().fullyBooted());
            assertThat(pingAge(watch)).isLessThan(Duration.ofSeconds(3));

            asterisk.signal("KILL");
            await().atMost(Duration.ofSeconds(3)).until(() -> !watch.report().connected());
            asterisk.start();
            await().atMost(Duration.ofSeconds(3)).until(() -> watch.report().fullyBooted());
        }
        await().untilAsserted(() -> assertThat(threadsOfTheLibrary()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bullseye", "forky"})
    void theAccountLetsNobodyInFromElsewhereAndMayChangeNothing(String suite) throws UnknownHostException {
        try (RealAsterisk asterisk = asterisk(suite, false);
                AmiWatch watch = watch(asterisk)) {
            asterisk.start();
            watch.start();
            await().until(() -> watch.report().problem() != null);
            assertThat(watch.report().connected()).isFalse();
            assertThat(watch.report().problem())
                    .startsWith("Asterisk refused the manager account pbx-ha@")
                    .doesNotContain(SECRET);

            String answers =
                    overLoopback(asterisk, "Ping", "CoreStatus", "CoreSettings", "Command", "Reload", "Originate");
            assertThat(answers)
                    .contains("Event: FullyBooted", "Ping: Pong", "CoreCurrentCalls: 0", "AsteriskVersion: ")
                    .doesNotContain("Event: Reload")
                    .containsSubsequence("Permission denied", "Permission denied", "Permission denied");
        }
    }

    private static RealAsterisk asterisk(String suite, boolean forUsToo) throws UnknownHostException {
        RealAsterisk asterisk = new RealAsterisk(suite);
        String account = AmiAccountFile.render("pbx-ha", SECRET);
        // The test runs outside of the node; the product does not.
        String permit = forUsToo ? "permit = " + asterisk.us().getHostAddress() + "/32\n" : "";
        asterisk.configure("manager.conf", MANAGER);
        asterisk.configure("manager.d/pbx-ha.conf", account + permit);
        asterisk.configure("extensions.conf", "[here]\nexten => 1,1,Answer()\n same => n,Wait(60)\n");
        return asterisk;
    }

    private static AmiWatch watch(RealAsterisk asterisk) {
        return new AmiWatch(
                new AmiAccount(asterisk.sip().getHostString(), RealAsterisk.MANAGER_PORT, "pbx-ha", SECRET));
    }

    /** Logs in within the node and does each action; all that Asterisk answered. */
    private static String overLoopback(RealAsterisk asterisk, String... actions) {
        StringBuilder session =
                new StringBuilder("Action: Login\\r\\nUsername: pbx-ha\\r\\nSecret: " + SECRET + "\\r\\n\\r\\n");
        for (String action : actions) {
            session.append("Action: ").append(action).append("\\r\\n\\r\\n");
        }
        session.append("Action: Logoff\\r\\n\\r\\n");
        return asterisk.shell(
                "bash -c 'exec 3<>/dev/tcp/127.0.0.1/5038; printf \"" + session + "\" >&3; timeout 10 cat <&3'");
    }

    private static Duration pingAge(AmiWatch watch) {
        return watch.report().pingAge(System.nanoTime()).orElseThrow();
    }

    private static List<String> threadsOfTheLibrary() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("Asterisk-Java ManagerConnection"))
                // Ends by itself within a minute: the library may miss its own signal to stop.
                .filter(name -> !name.endsWith(":AsyncEventPump"))
                .toList();
    }
}
