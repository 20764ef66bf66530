// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;

class HeartbeatIT {
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final TestNode master = new TestNode("master");
    private final TestNode slave = new TestNode("slave");
    private final List<Heartbeat> heartbeats = new ArrayList<>();

    @AfterEach
    void stop() {
        heartbeats.forEach(Heartbeat::close);
        master.close();
        slave.close();
    }

    @Test
    void bothNodesHearEachOtherThoughOnlyOneCanConnect() throws Exception {
        Heartbeat heard = listeningSlave();
        Heartbeat beating = beatingMaster();
        await().untilAsserted(() -> {
            assertThat(beating.reading().report()).isEqualTo(report(Role.SLAVE));
            assertThat(heard.reading().report()).isEqualTo(report(Role.MASTER));
            assertThat(beating.reading().problem()).isNull();
        });
    }

    @Test
    void timeOfTheLastWordMovesWhileThePeerLivesAndStandsWhenItIsGone() throws Exception {
        listeningSlave();
        Heartbeat beating = beatingMaster();
        await().until(() -> beating.reading().heard());
        long first = beating.reading().heardNanos();
        await().until(() -> beating.reading().heardNanos() - first > 0);
        slave.close();
        await().until(() -> beating.reading().problem() != null);
        PeerReading gone = beating.reading();
        assertThat(gone.problem()).contains("cannot reach");
        assertThat(gone.report()).isEqualTo(report(Role.SLAVE));
        await().during(INTERVAL.multipliedBy(5)).until(() -> beating.reading().heardNanos() == gone.heardNanos());
    }

    @Test
    void aPeerThatReturnsIsHeardAgain() throws Exception {
        Heartbeat listening = listeningSlave();
        InetSocketAddress address = slave.address();
        Heartbeat beating = beatingMaster();
        await().until(() -> beating.reading().heard());
        slave.close();
        await().until(() -> beating.reading().problem() != null);
        long silent = beating.reading().heardNanos();
        slave.start(address, ServerLimits.NORMAL, listening.route());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> beating.reading().heardNanos() > silent
                        && beating.reading().problem() == null);
    }

    @Test
    void anotherCertificateIsAProblemAndNotAVoice() throws Exception {
        listeningSlave();
        slave.pin(slave);
        Heartbeat beating = beatingMaster();
        await().until(() -> beating.reading().problem() != null);
        assertThat(beating.reading().heard()).isFalse();
        assertThat(beating.reading().problem()).contains("does not accept this node");
    }

    private Heartbeat listeningSlave() throws IOException {
        slave.pin(master);
        Heartbeat silent = new Heartbeat(() -> report(Role.SLAVE), new PeerClient(nowhere()), System::nanoTime);
        heartbeats.add(silent);
        slave.start(silent.route());
        return silent;
    }

    private PeerTarget nowhere() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return PeerTarget.peer(address, slave.identity, master.identity.certificate(), TestNode.VERSION);
    }

    private Heartbeat beatingMaster() {
        Heartbeat beating = new Heartbeat(() -> report(Role.MASTER), master.to(slave), System::nanoTime);
        heartbeats.add(beating);
        beating.start(INTERVAL, LIMIT);
        return beating;
    }

    private static AgentReport report(Role role) {
        return new AgentReport(
                "0.1.0",
                role,
                role == Role.MASTER ? ServiceState.ACTIVE : ServiceState.STANDBY,
                3,
                "boot",
                Duration.ofMinutes(5),
                new AsteriskReport(true, true, 2, "22.10.1", null),
                true,
                true,
                PeerWord.Plea.NONE,
                Instant.parse("2026-11-21T10:00:00Z"),
                210,
                "the master serves",
                null,
                null,
                Instant.parse("2026-11-21T10:05:00Z"));
    }
}
