// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.control.ExitCode;

class DataJobTest {
    @TempDir
    private Path directory;

    private final List<String> journal = new ArrayList<>();

    @Test
    void aFailureKeepsTheTimeOfTheLastSuccess() {
        assertThat(job(() -> new JobOutcome(ExitCode.OK, "copied 3 tables"))
                        .run()
                        .exitCode())
                .isEqualTo(ExitCode.OK);
        DataJob failing = job(() -> new JobOutcome(ExitCode.REFUSED, "the slave is active"));

        assertThat(failing.run().exitCode()).isEqualTo(ExitCode.REFUSED);

        assertThat(failing.last().lastSuccess()).isNotNull();
        assertThat(failing.last().succeeded()).isFalse();
        assertThat(journal).containsExactly("copied 3 tables", "the slave is active");
    }

    @Test
    void aListOfReasonsIsKeptOnOneLine() {
        JobOutcome outcome =
                new JobOutcome(ExitCode.REFUSED, "2 points:\n  t:\n    one\n    two\n  u: three\nmend them");

        assertThat(outcome.line()).isEqualTo("2 points: t: one; two; u: three; mend them");
        assertThat(new JobOutcome(ExitCode.REFUSED, "x".repeat(5000)).line()).hasSize(1000);
        DataJob failing = job(() -> outcome);
        failing.run();
        assertThat(failing.last().text()).isEqualTo(outcome.line());
    }

    @Test
    void anUnexpectedErrorIsAFailedRun() {
        JobOutcome outcome = job(() -> {
                    throw new IllegalStateException("no luck");
                })
                .run();

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.text()).contains("no luck");
    }

    @Test
    void aSecondRunAtTheSameTimeIsRefused() {
        CountDownLatch finish = new CountDownLatch(1);
        DataJob job = job(() -> {
            awaitUninterruptibly(finish);
            return new JobOutcome(ExitCode.OK, "done");
        });
        CompletableFuture<JobOutcome> first = CompletableFuture.supplyAsync(job::run);
        await().until(job::isRunning);

        assertThat(job.run().exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(job.without(() -> new JobOutcome(ExitCode.OK, "compared")).exitCode())
                .isEqualTo(ExitCode.REFUSED);

        finish.countDown();
        assertThat(first.join().exitCode()).isEqualTo(ExitCode.OK);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private DataJob job(Supplier<JobOutcome> work) {
        return new DataJob(
                "replication",
                directory.resolve("replication.json"),
                (asked, watcher) -> work.get(),
                outcome -> journal.add(outcome.text()));
    }
}
