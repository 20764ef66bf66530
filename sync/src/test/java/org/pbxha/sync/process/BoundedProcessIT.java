// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.CancelledException;

class BoundedProcessIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void returnsExitCodeAndBothOutputs() throws Exception {
        Outcome outcome = BoundedProcess.run(sh(LONG, "echo out; echo err >&2; exit 7"));

        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.output()).isEqualTo("out\n");
        assertThat(outcome.errors()).isEqualTo("err\n");
        assertThat(outcome.complaint()).isEqualTo("err");
        assertThat(outcome.timedOut()).isFalse();
        assertThat(outcome.succeeded()).isFalse();
    }

    @Test
    void passesStandardInputAndEndsIt() throws Exception {
        Outcome outcome = BoundedProcess.run(Command.of(LONG, "/usr/bin/cat").withStdin("secret å\n"));

        assertThat(outcome.output()).isEqualTo("secret å\n");
    }

    @Test
    void doesNotMindAProgramThatReadsNoInput() throws Exception {
        Outcome outcome = BoundedProcess.run(Command.of(LONG, "/usr/bin/true").withStdin("x".repeat(1_000_000)));

        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void givesAFixedEnvironmentAndTheAdditionsOnly() throws Exception {
        Outcome outcome =
                BoundedProcess.run(Command.of(LONG, "/usr/bin/env").withEnvironment(Map.of("PGPORT", "5433")));

        assertThat(outcome.output().lines())
                .containsExactlyInAnyOrder(
                        "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/root", "PGPORT=5433");
    }

    @Test
    void keepsOnlyTheTailOfALongOutput() throws Exception {
        Command endless =
                new Command(java.util.List.of("/bin/sh", "-c", "seq 1 200000; echo end"), Map.of(), LONG, 1000, null);

        Outcome outcome = BoundedProcess.run(endless);

        assertThat(outcome.output()).hasSize(1000).endsWith("199999\n200000\nend\n");
    }

    @Test
    void killsTheWholeTreeAtTheLimitEvenOrphansThatIgnoreTermination(@TempDir Path dir) throws Exception {
        String orphan = "trap '' TERM; echo $$ > " + dir.resolve("orphan") + "; while :; do sleep 1; done";
        Command command = sh(
                Duration.ofSeconds(1),
                "(sh -c '" + orphan.replace("'", "'\\''") + "' &) ; sh -c 'echo $$ > " + dir.resolve("child")
                        + "; sleep 60' & sleep 60");

        Outcome outcome = BoundedProcess.run(command);

        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.took()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertGone(dir.resolve("orphan"));
        assertGone(dir.resolve("child"));
    }

    @Test
    void cancellationKillsTheTreeAtOnce(@TempDir Path dir) throws Exception {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Throwable> result = CompletableFuture.supplyAsync(() -> {
            try {
                BoundedProcess.run(sh(LONG, "echo $$ > " + dir.resolve("pid") + "; sleep 60"), cancellation);
                return new AssertionError("not cancelled");
            } catch (Exception e) {
                return e;
            }
        });
        await().until(() -> Files.exists(dir.resolve("pid"))
                && !Files.readString(dir.resolve("pid")).isBlank());

        cancellation.cancel("the slave takes over");

        await().atMost(Duration.ofSeconds(5)).until(result::isDone);
        assertThat(result.get()).isInstanceOf(CancelledException.class).hasMessage("cancelled: the slave takes over");
        assertGone(dir.resolve("pid"));
    }

    @Test
    void doesNotStartWhenAlreadyCancelled(@TempDir Path dir) {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel("too late");

        assertThatThrownBy(() -> BoundedProcess.run(sh(LONG, "touch " + dir.resolve("ran")), cancellation))
                .isInstanceOf(CancelledException.class);
        assertThat(dir.resolve("ran")).doesNotExist();
    }

    @Test
    void returnsThoughADaemonKeepsTheOutputOpen() throws Exception {
        Outcome outcome = BoundedProcess.run(sh(LONG, "sleep 8 & echo started"));

        assertThat(outcome.output()).isEqualTo("started\n");
        assertThat(outcome.took()).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void saysWhichProgramIsMissing() {
        assertThatThrownBy(() -> BoundedProcess.run(Command.of(LONG, "/usr/bin/no-such-program")))
                .isInstanceOf(ProcessException.class)
                .hasMessage("/usr/bin/no-such-program does not exist");
    }

    private static Command sh(Duration limit, String script) {
        return Command.of(limit, "/bin/sh", "-c", script);
    }

    private static void assertGone(Path pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            Optional<ProcessHandle> handle = ProcessHandle.of(pid);
            return handle.isEmpty() || !handle.get().isAlive();
        });
    }
}
