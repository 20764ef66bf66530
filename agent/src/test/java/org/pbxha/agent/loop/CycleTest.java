// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Action;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.journal.Journal;
import org.pbxha.agent.journal.JournalEntry;
import org.pbxha.agent.state.DurableState;
import org.pbxha.agent.state.Meeting;
import org.pbxha.agent.state.NodeState;
import org.pbxha.agent.state.Pause;
import org.pbxha.agent.testing.FactsBuilder;

class CycleTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path directory;

    private final List<String> effects = new ArrayList<>();
    private DurableState store;
    private Journal journal;
    private Cycle cycle;
    private Duration masterSilence = Duration.ZERO;
    private @Nullable PeerWord word;

    @BeforeEach
    void setUpSlave() throws IOException {
        store = new DurableState(directory.resolve("state"));
        store.write(new NodeState(
                Role.SLAVE,
                new State(ServiceState.STANDBY, 7, true, ServiceState.STANDBY),
                "boot",
                Instant.EPOCH,
                0,
                "set up"));
        journal = new Journal(directory.resolve("journal.jsonl"));
        cycle = new Cycle(store, this::look, this::act, journal, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void persistsTheDecisionBeforeItActs() throws IOException {
        masterSilence = Duration.ofSeconds(3);

        cycle.runOnce();

        assertThat(effects).containsExactly("StartServices with ACTIVE on the disk");
        NodeState node = store.read().orElseThrow();
        assertThat(node.state().epoch()).isEqualTo(8);
        assertThat(node.since()).isEqualTo(NOW);
        assertThat(node.row()).isEqualTo(330);
    }

    @Test
    void anAgentThatIsKilledGoesOnInTheServiceStateItLeft() throws IOException {
        masterSilence = Duration.ofSeconds(3);
        cycle.runOnce();

        Cycle restarted = new Cycle(store, this::look, this::act, journal, Clock.systemUTC());
        Snapshot snapshot = restarted.runOnce();

        assertThat(snapshot.node().state().service()).isEqualTo(ServiceState.ACTIVE);
        assertThat(snapshot.node().state().epoch()).isEqualTo(8);
    }

    @Test
    void theJournalTellsEachChangeOfRowOnce() throws IOException {
        cycle.runOnce();
        cycle.runOnce();
        masterSilence = Duration.ofSeconds(3);
        cycle.runOnce();

        assertThat(journal.last(10)).extracting(JournalEntry::row).containsExactly(390, 330);
    }

    @Test
    void anOrderIsDecidedOnceAndAnswered() throws IOException {
        CompletableFuture<Snapshot> answer = cycle.order(Order.TAKEOVER);

        cycle.runOnce();
        cycle.runOnce();

        assertThat(answer.join().rule().outcome()).isEqualTo(Outcome.TAKE_OVER);
        assertThat(store.read().orElseThrow().state().epoch()).isEqualTo(8);
    }

    @Test
    void whatAnOperatorSetsStays() throws IOException {
        CompletableFuture<Snapshot> answer = cycle.set(node -> node.with(Pause.OPEN_ENDED));

        cycle.runOnce();

        assertThat(answer.join().node().pause()).isEqualTo(Pause.OPEN_ENDED);
        assertThat(store.read().orElseThrow().pause()).isEqualTo(Pause.OPEN_ENDED);
    }

    @Test
    void aMeetingOfTwoActivesIsOnTheDiskWithTheDecisionAndStaysThere() throws IOException {
        masterSilence = Duration.ofSeconds(3);
        cycle.runOnce();
        masterSilence = Duration.ZERO;
        word = new PeerWord(ServiceState.ACTIVE, 9, true, true, true, PeerWord.Plea.NONE, Instant.EPOCH);

        cycle.runOnce();

        Meeting meeting = new Meeting(NOW, new Meeting.Term(9, Instant.EPOCH), new Meeting.Term(8, NOW));
        NodeState node = store.read().orElseThrow();
        assertThat(node.state().service()).isEqualTo(ServiceState.STANDBY);
        assertThat(node.meeting()).isEqualTo(meeting);
        assertThat(effects.get(effects.size() - 1)).endsWith("with STANDBY on the disk");

        cycle.runOnce();
        assertThat(store.read().orElseThrow().meeting()).isEqualTo(meeting);
    }

    @Test
    void whoStaysWritesTheSameMeetingOnce() throws IOException {
        masterSilence = Duration.ofSeconds(3);
        cycle.runOnce();
        masterSilence = Duration.ZERO;
        word = new PeerWord(ServiceState.ACTIVE, 7, true, true, true, PeerWord.Plea.NONE, Instant.EPOCH);
        cycle.runOnce();
        byte[] first = Files.readAllBytes(directory.resolve("state"));

        cycle.runOnce();

        assertThat(store.read().orElseThrow().meeting())
                .isEqualTo(new Meeting(NOW, new Meeting.Term(7, Instant.EPOCH), new Meeting.Term(8, NOW)));
        assertThat(Files.readAllBytes(directory.resolve("state"))).isEqualTo(first);
    }

    private Facts look(NodeState node, @Nullable Order order) {
        FactsBuilder facts = new FactsBuilder(Role.SLAVE, word);
        facts.icmp = masterSilence;
        facts.sip = masterSilence;
        facts.link = masterSilence;
        facts.order = order;
        return facts.facts();
    }

    private void act(Action action) {
        try {
            effects.add(action.getClass().getSimpleName() + " with "
                    + store.read().orElseThrow().state().service() + " on the disk");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
