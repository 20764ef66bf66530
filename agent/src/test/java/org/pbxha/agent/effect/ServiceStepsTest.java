// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.agent.effect.StepResult.Ending;
import org.pbxha.agent.profile.Step;
import org.pbxha.agent.profile.Step.DisableUnits;
import org.pbxha.agent.profile.Step.EnableUnits;
import org.pbxha.agent.profile.Step.RemoveFile;
import org.pbxha.agent.profile.Step.RunProgram;
import org.pbxha.agent.profile.Step.StartUnits;
import org.pbxha.agent.profile.Step.StopUnits;
import org.pbxha.agent.profile.Step.TouchFile;
import org.pbxha.sync.process.Outcome;

class ServiceStepsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String RELOAD = "try-reload-or-restart --no-block";
    private static final long EPOCH = 7;

    @TempDir
    Path directory;

    private final FakeSystemd machine = new FakeSystemd();
    private ServiceSteps steps = new ServiceSteps(machine, new TakeoverMemory(Path.of("/nonexistent/x")), machine);

    @BeforeEach
    void remember() {
        steps = fresh();
    }

    @Test
    void startsAllUnitsOfAStepByOneCallAndWaitsUntilTheyAreActive() {
        machine.unit("a.service", "b.service");

        StepReport report = run(start("a.service", "b.service"));

        assertThat(machine.calls).containsExactly("start --no-block a.service b.service");
        assertThat(machine.stateOf("b.service")).isEqualTo("active");
        assertThat(endings(report)).containsExactly(Ending.DONE);
        assertThat(report.results().get(0).took()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        assertThat(report.complete()).isTrue();
    }

    @Test
    void leavesActiveUnitsAlone() {
        machine.active("a.service").unit("b.service");

        run(start("a.service", "b.service"));
        StepReport again = run(start("a.service", "b.service"));

        assertThat(machine.calls).containsExactly("start --no-block b.service");
        assertThat(endings(again)).containsExactly(Ending.ALREADY);
    }

    @Test
    void skipsUnitsThatTheMachineDoesNotHave() {
        machine.unit("a.service").masked("m.service");

        StepReport report = run(start("a.service", "none.service", "m.service"), start("none.service"));

        assertThat(machine.calls).containsExactly("start --no-block a.service");
        assertThat(endings(report)).containsExactly(Ending.DONE, Ending.SKIPPED);
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void aUnitWhoseConditionIsFalseIsNotStartedWhateverSystemctlReturns() {
        machine.gated("a.service");

        StepReport report = run(start("a.service"));

        assertThat(report.failures())
                .singleElement()
                .satisfies(
                        failure -> assertThat(failure.detail()).isEqualTo("a.service not started: its gate is shut"));
        assertThat(report.complete()).as("it is not required").isTrue();
    }

    @Test
    void goesOnAfterAStepThatFailed() {
        machine.broken("a.service").unit("b.service");

        StepReport report = run(start("a.service"), start("b.service"));

        assertThat(endings(report)).containsExactly(Ending.FAILED, Ending.DONE);
        assertThat(report.failures().get(0).detail()).isEqualTo("a.service failed (exit-code)");
        assertThat(report.complete()).isTrue();
    }

    @Test
    void givesUpTheRestWhenARequiredUnitFailed() {
        machine.broken("asterisk.service").unit("a.service", "b.service");

        StepReport report = run(required("asterisk.service", "a.service"), start("b.service"));

        assertThat(endings(report)).containsExactly(Ending.FAILED);
        assertThat(report.complete()).isFalse();
        assertThat(machine.stateOf("a.service")).isEqualTo("active");
        assertThat(machine.stateOf("b.service")).isEqualTo("inactive");
    }

    @Test
    void goesOnWhenAnotherUnitOfTheStepFailed() {
        machine.unit("asterisk.service", "b.service").broken("a.service");

        StepReport report = run(required("asterisk.service", "a.service"), start("b.service"));

        assertThat(endings(report)).containsExactly(Ending.FAILED, Ending.DONE);
        assertThat(report.complete()).isTrue();
    }

    @Test
    void givesUpTheRestWhenARequiredUnitDoesNotExist() {
        machine.unit("b.service");

        StepReport report = run(required("asterisk.service"), start("b.service"));

        assertThat(report.complete()).isFalse();
        assertThat(report.failures())
                .singleElement()
                .extracting(StepResult::detail)
                .isEqualTo("asterisk.service is not-found");
    }

    @Test
    void doesNotWaitLongerThanTheLimit() {
        machine.unit("a.service").slow("a.service").unit("b.service");

        StepReport report = run(start("a.service"), start("b.service"));

        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.detail()).isEqualTo("a.service still activating (x)");
            assertThat(failure.took()).isBetween(LIMIT, LIMIT.plusSeconds(1));
        });
        assertThat(machine.stateOf("b.service")).isEqualTo("active");
    }

    @Test
    void queuesAStartWithoutWaiting() {
        machine.unit("a.service").slow("a.service");

        StepReport report = run(new StartUnits(List.of("a.service"), List.of(), Duration.ZERO));

        assertThat(machine.calls).containsExactly("start --no-block a.service");
        assertThat(report.results().get(0).took()).isZero();
        assertThat(endings(report)).containsExactly(Ending.DONE);
    }

    @Test
    void forgivesAUnitThatFailedTooOftenBeforeItIsStarted() {
        machine.failed("a.service").unit("b.service");

        run(start("a.service", "b.service"));

        assertThat(machine.calls).containsExactly("reset-failed a.service", "start --no-block a.service b.service");
        assertThat(machine.stateOf("a.service")).isEqualTo("active");
    }

    @Test
    void stopsWhatRunsAndWaitsUntilItIsStopped() {
        machine.active("a.service").active("b.service").unit("c.service");

        StepReport report = run(stop("b.service", "a.service", "c.service", "none.service"));

        assertThat(machine.calls).containsExactly("stop --no-block b.service a.service");
        assertThat(machine.stateOf("a.service")).isEqualTo("inactive");
        assertThat(endings(report)).containsExactly(Ending.DONE);
        assertThat(endings(run(stop("b.service", "a.service")))).containsExactly(Ending.ALREADY);
        assertThat(endings(run(stop("none.service")))).containsExactly(Ending.SKIPPED);
    }

    @Test
    void aRequiredUnitThatDoesNotStopEndsTheRun() {
        machine.active("asterisk.service").slow("asterisk.service").active("b.service");

        StepReport report =
                run(new StopUnits(List.of("asterisk.service"), List.of("asterisk.service"), LIMIT), stop("b.service"));

        assertThat(report.complete()).isFalse();
        assertThat(machine.stateOf("b.service")).isEqualTo("active");
    }

    @Test
    void enablesAndDisablesOnlyWhatIsNotSo() {
        machine.unit("a.service");

        StepReport report = run(enable("a.service"), enable("a.service"), disable("a.service", "none.service"));

        assertThat(machine.calls).containsExactly("enable --quiet a.service", "disable --quiet a.service");
        assertThat(machine.bootOf("a.service")).isEqualTo("disabled");
        assertThat(endings(report)).containsExactly(Ending.DONE, Ending.ALREADY, Ending.DONE);
    }

    @Test
    void restartsOnlyWhatRuns() {
        machine.active("a.service").active("c.service").unit("b.service");
        StepReport report = run(
                new Step.TryRestartUnits(List.of("a.service", "b.service", "none.service")),
                new Step.TryReloadUnits(List.of("c.service")),
                new Step.TryRestartUnits(List.of("b.service")));

        assertThat(machine.calls).containsExactly("try-restart --no-block a.service", RELOAD + " c.service");
        assertThat(endings(report)).containsExactly(Ending.DONE, Ending.DONE, Ending.SKIPPED);
    }

    @Test
    void reportsAProgramThatFailsWithItsLastWords() {
        Path program = program("fails", argv -> FakeSystemd.exit(3, "x".repeat(1000) + " cannot connect"));

        StepReport report = run(runs(program), new TouchFile(directory.resolve("after")));

        assertThat(report.failures())
                .singleElement()
                .extracting(StepResult::detail)
                .asString()
                .startsWith("exit 3: xxx")
                .endsWith(" cannot connect")
                .hasSizeLessThan(600);
        assertThat(directory.resolve("after")).exists();
    }

    @Test
    void skipsAProgramThatIsNotInstalledUnlessItIsRequired() {
        Path none = directory.resolve("none");

        assertThat(endings(run(runs(none)))).containsExactly(Ending.SKIPPED);
        assertThat(run(new RunProgram(List.of(none.toString()), LIMIT, true, false, Duration.ZERO))
                        .complete())
                .isFalse();
    }

    @Test
    void triesAProgramAgainUntilWhatItTalksToAnswers() {
        AtomicInteger tries = new AtomicInteger();
        Path program = program("late", argv -> FakeSystemd.exit(tries.incrementAndGet() < 4 ? 1 : 0, "refused"));

        StepReport report = run(new RunProgram(List.of(program.toString()), LIMIT, false, false, LIMIT));

        assertThat(tries).hasValue(4);
        assertThat(endings(report)).containsExactly(Ending.DONE);
    }

    @Test
    void givesUpAProgramAfterItsTime() {
        AtomicInteger tries = new AtomicInteger();
        Path program = program("never", argv -> FakeSystemd.exit(tries.addAndGet(1), "refused"));

        StepReport report = run(new RunProgram(List.of(program.toString()), LIMIT, false, false, LIMIT));

        assertThat(tries.get()).isBetween(10, 12);
        assertThat(report.failures())
                .singleElement()
                .extracting(StepResult::detail)
                .asString()
                .endsWith("refused");
    }

    @Test
    void runsAProgramOncePerTakeoverEvenWhenTheAgentIsRestarted() {
        AtomicInteger runs = new AtomicInteger();
        Path program = program("relog", argv -> FakeSystemd.exit(0, "" + runs.incrementAndGet()));
        Step once = new RunProgram(List.of(program.toString()), LIMIT, false, true, Duration.ZERO);

        run(once);
        run(once);
        steps = fresh();
        run(once);
        assertThat(runs).hasValue(1);

        steps.run(List.of(once), EPOCH + 1);
        assertThat(runs).hasValue(2);
    }

    @Test
    void repeatsAOncePerTakeoverProgramThatFailed() {
        AtomicInteger runs = new AtomicInteger();
        Path program = program("relog", argv -> FakeSystemd.exit(runs.getAndIncrement() == 0 ? 1 : 0, ""));
        Step once = new RunProgram(List.of(program.toString()), LIMIT, false, true, Duration.ZERO);

        run(once);
        run(once);

        assertThat(runs).hasValue(2);
    }

    @Test
    void stopsBeforeTheNextStepWhenInterrupted() {
        Path program = program("interrupts", argv -> {
            Thread.currentThread().interrupt();
            return FakeSystemd.exit(0, "");
        });

        StepReport report = run(runs(program), new TouchFile(directory.resolve("after")));

        assertThat(Thread.interrupted()).as("the flag is left for the caller").isTrue();
        assertThat(report.interrupted()).isTrue();
        assertThat(report.complete()).isFalse();
        assertThat(endings(report)).containsExactly(Ending.DONE);
        assertThat(directory.resolve("after")).doesNotExist();
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        machine.unit("a.service").slow("a.service");
        Path program = program("interrupts", argv -> {
            Thread.currentThread().interrupt();
            return FakeSystemd.exit(1, "");
        });
        Step retried = new RunProgram(List.of(program.toString()), LIMIT, false, false, LIMIT);

        StepReport report = run(retried, start("a.service"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.interrupted()).isTrue();
        assertThat(report.results()).isEmpty();
        assertThat(machine.calls).hasSize(1);
    }

    @Test
    void hasAnExecutorForEveryKindOfStep() {
        machine.unit("a.service");
        List<Step> all = List.of(
                runs(program("true", argv -> FakeSystemd.exit(0, ""))),
                new TouchFile(directory.resolve("f")),
                new RemoveFile(directory.resolve("f")),
                new Step.SetVariable(directory.resolve("f"), "a", "b"),
                start("a.service"),
                stop("a.service"),
                enable("a.service"),
                disable("a.service"),
                new Step.TryRestartUnits(List.of("a.service")),
                new Step.TryReloadUnits(List.of("a.service")));
        List<Class<?>> kinds = new ArrayList<>();
        all.forEach(step -> kinds.add(step.getClass()));

        assertThat(kinds).containsExactlyInAnyOrder(Step.class.getPermittedSubclasses());
        assertThat(run(all.toArray(Step[]::new)).failures()).isEmpty();
    }

    private ServiceSteps fresh() {
        return new ServiceSteps(machine, new TakeoverMemory(directory.resolve("takeover-steps")), machine);
    }

    private StepReport run(Step... list) {
        return steps.run(List.of(list), EPOCH);
    }

    private Path program(String name, Function<List<String>, Outcome> behaviour) {
        try {
            Path path = Files.createFile(directory.resolve(name));
            machine.program(path.toString(), behaviour);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step runs(Path program) {
        return new RunProgram(List.of(program.toString()), LIMIT, false, false, Duration.ZERO);
    }

    private static Step start(String... units) {
        return new StartUnits(List.of(units), List.of(), LIMIT);
    }

    /** Starts units of which the first is required. */
    private static Step required(String... units) {
        return new StartUnits(List.of(units), List.of(units[0]), LIMIT);
    }

    private static Step stop(String... units) {
        return new StopUnits(List.of(units), List.of(), LIMIT);
    }

    private static Step enable(String... units) {
        return new EnableUnits(List.of(units));
    }

    private static Step disable(String... units) {
        return new DisableUnits(List.of(units));
    }

    private static List<Ending> endings(StepReport report) {
        return report.results().stream().map(StepResult::ending).toList();
    }
}
