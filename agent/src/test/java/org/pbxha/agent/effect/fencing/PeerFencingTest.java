// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.core.Fencing.Phase;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.effect.hooks.HookFacts;
import org.pbxha.agent.jobs.JobOutcome;
import org.pbxha.agent.journal.Journal;
import org.pbxha.agent.journal.JournalEntry;

class PeerFencingTest {
    private static final HookFacts FACTS =
            new HookFacts(Role.SLAVE, ServiceState.STANDBY, 7, "10.0.0.12", "10.0.0.11", 327, "silent");

    @TempDir
    private Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final List<PeerFencing> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(PeerFencing::close);
    }

    @Test
    void isOffWithoutAMethod() {
        PeerFencing fencing = fencing();
        fencing.begin(FACTS);

        assertThat(fencing.progress().phase()).isEqualTo(Phase.OFF);
    }

    @Test
    void triesOneMethodAfterTheOtherUntilOneConfirms() throws Exception {
        Scripted first = new Scripted("ssh", "no route to host");
        Scripted second = new Scripted("fence_ipmilan", "");
        Scripted third = new Scripted("hook", "");
        PeerFencing fencing = fencing(first, second, third);
        assertThat(fencing.progress().phase()).isEqualTo(Phase.UNTRIED);

        fencing.begin(FACTS);
        await().until(() -> fencing.progress().phase() == Phase.DONE);

        assertThat(fencing.progress().detail()).isEqualTo("fence_ipmilan: confirmed");
        assertThat(third.fences.get()).isZero();
        assertThat(texts().get(0)).matches("ssh: not fenced after \\d+ ms: no route to host");
        assertThat(texts().get(1)).matches("fence_ipmilan: fenced after \\d+ ms: confirmed");
        fencing.forget();
        assertThat(fencing.progress().phase()).isEqualTo(Phase.UNTRIED);
    }

    @Test
    void saysWhyNoMethodConfirmedAndTriesAgainAfterAMinute() {
        PeerFencing fencing = fencing(new Scripted("ssh", "no route"), new Scripted("hook", "exit 1"));
        fencing.begin(FACTS);
        await().until(() -> fencing.progress().phase() == Phase.FAILED);
        assertThat(fencing.progress().detail()).isEqualTo("ssh: no route; hook: exit 1");

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(fencing.progress().phase()).isEqualTo(Phase.UNTRIED);
    }

    @Test
    void survivesAMethodThatBreaks() {
        PeerFencing fencing = fencing(new Scripted("ssh", "BUG"), new Scripted("hook", ""));
        fencing.begin(FACTS);

        await().until(() -> fencing.progress().phase() == Phase.DONE);
    }

    @Test
    void aMethodThatNeverEndsHasFailedAfterItsTime() {
        Scripted stuck = new Scripted("ssh", "");
        stuck.hold = new CountDownLatch(1);
        PeerFencing fencing = fencing(stuck);
        fencing.begin(FACTS);
        await().until(() -> fencing.progress().detail().equals("ssh"));

        nanos.addAndGet(Duration.ofSeconds(17).toNanos());
        assertThat(fencing.progress().phase()).isEqualTo(Phase.RUNNING);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(fencing.progress().phase()).isEqualTo(Phase.FAILED);
        assertThat(fencing.progress().detail()).isEqualTo("ssh: does not end in time");
    }

    @Test
    void anErrorOfTheMachineLeavesNobodyWaiting() {
        PeerFencing fencing = fencing(new Scripted("ssh", "ERROR"));
        fencing.begin(FACTS);

        await().until(() -> fencing.progress().phase() == Phase.FAILED);
    }

    @Test
    void whenTheReasonGoesAMethodUnderWayEndsAndCountsButNoOtherBegins() throws Exception {
        Scripted slow = new Scripted("ssh", "");
        slow.hold = new CountDownLatch(1);
        PeerFencing fencing = fencing(slow, new Scripted("hook", ""));
        fencing.begin(FACTS);
        await().until(() -> fencing.progress().detail().equals("ssh"));
        fencing.forget();
        fencing.begin(FACTS);
        slow.hold.countDown();
        await().until(() -> fencing.progress().phase() == Phase.DONE);
        assertThat(slow.fences.get()).isEqualTo(1);

        Scripted failing = new Scripted("ssh", "refused");
        failing.hold = new CountDownLatch(1);
        Scripted next = new Scripted("hook", "");
        PeerFencing other = fencing(failing, next);
        other.begin(FACTS);
        await().until(() -> other.progress().detail().equals("ssh"));
        other.forget();
        failing.hold.countDown();
        await().until(() -> other.progress().phase() == Phase.FAILED);
        assertThat(next.fences.get()).isZero();
    }

    @Test
    void anOperatorsFenceGoesOnWhateverTheRulesSayAndTheyGetNoResultOfIt() throws Exception {
        Scripted slow = new Scripted("ssh", "");
        slow.hold = new CountDownLatch(1);
        PeerFencing fencing = fencing(slow);
        CompletableFuture<Phase> ordered = CompletableFuture.supplyAsync(() -> {
            try {
                return fencing.now(FACTS).phase();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> fencing.progress().detail().equals("ssh"));
        fencing.forget();
        assertThat(fencing.progress().phase()).isEqualTo(Phase.RUNNING);
        slow.hold.countDown();

        assertThat(ordered.get()).isEqualTo(Phase.DONE);
        assertThat(fencing.progress().phase()).isEqualTo(Phase.UNTRIED);
    }

    @Test
    void checksEveryMethodAndFencesNobody() {
        Scripted ready = new Scripted("ssh", "");
        Scripted broken = new Scripted("fence_apc", "login failed");

        JobOutcome outcome = fencing(ready, broken).check();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.text()).isEqualTo("ssh is ready: looks well; fence_apc is NOT READY: login failed");
        assertThat(fencing(ready).check().exitCode()).isZero();
        assertThat(ready.fences.get()).isZero();
    }

    private PeerFencing fencing(FenceMethod... methods) {
        PeerFencing fencing = new PeerFencing(List.of(methods), Duration.ofSeconds(10), journal(), nanos::get);
        opened.add(fencing);
        return fencing;
    }

    private Journal journal() {
        return new Journal(directory.resolve("journal"));
    }

    private List<String> texts() throws Exception {
        return journal().last(10).stream().map(JournalEntry::text).toList();
    }

    /** Does as it is told. */
    private static final class Scripted implements FenceMethod {
        private final String name;
        private final String failure;
        private final AtomicInteger fences = new AtomicInteger();
        private CountDownLatch hold = new CountDownLatch(0);

        Scripted(String name, String failure) {
            this.name = name;
            this.failure = failure;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String fence(HookFacts facts, Duration limit) throws FenceException, InterruptedException {
            hold.await();
            fences.incrementAndGet();
            if (failure.equals("ERROR")) {
                throw new StackOverflowError();
            }
            if (failure.equals("BUG")) {
                throw new IllegalStateException("a bug");
            }
            if (!failure.isEmpty()) {
                throw new FenceException(failure);
            }
            return "confirmed";
        }

        @Override
        public String check(Duration limit) throws FenceException {
            if (!failure.isEmpty()) {
                throw new FenceException(failure);
            }
            return "looks well";
        }
    }
}
