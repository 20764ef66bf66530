// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.profile.ProfileLoader;
import org.pbxha.agent.profile.Step;

/** The built-in profiles on a machine that has everything they name, with its files below a directory. */
class ProfileRoundTripTest {
    static final List<String> NAMES = ProfileLoader.BUILT_IN;

    @TempDir
    Path root;

    private final FakeSystemd machine = new FakeSystemd();

    @ParameterizedTest
    @FieldSource("NAMES")
    void startStopStartLeavesEverythingAsStartLeftIt(String name) throws Exception {
        Profile profile = install(name);

        assertThat(run(profile.start()).failures()).isEmpty();
        Map<String, String> active = everything(profile);
        assertThat(run(profile.stop()).failures()).isEmpty();
        Map<String, String> standby = everything(profile);
        assertThat(run(profile.start()).failures()).isEmpty();
        assertThat(everything(profile)).isEqualTo(active);
        assertThat(run(profile.stop()).failures()).isEmpty();
        assertThat(everything(profile)).isEqualTo(standby).isNotEqualTo(active);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void restsWithEveryGatedUnitStoppedAndServesWithAllOfThem(String name) throws Exception {
        Profile profile = install(name);

        run(profile.start());
        assertThat(profile.gatedUnits())
                .allSatisfy(unit -> assertThat(machine.stateOf(unit)).isEqualTo("active"));
        run(profile.stop());
        assertThat(profile.gatedUnits())
                .allSatisfy(unit -> assertThat(machine.stateOf(unit)).isEqualTo("inactive"));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void aRunThatBreaksOffAnywhereIsMendedByTheNextOne(String name) throws Exception {
        Profile profile = install(name);
        run(profile.stop());
        run(profile.start());
        Map<String, String> active = everything(profile);

        for (int reached = 0; reached <= profile.start().size(); reached++) {
            run(profile.stop());
            run(profile.start().subList(0, reached));
            run(profile.stop().subList(0, Math.min(reached, profile.stop().size())));
            assertThat(run(profile.start()).failures()).isEmpty();
            assertThat(everything(profile))
                    .as("broken off after step %d", reached)
                    .isEqualTo(active);
        }
    }

    @Test
    void aSecondStartOfXivoChangesNothingAndDoesNotLogAgentsOutAgain() throws Exception {
        Profile profile = install("xivo");
        run(profile.start());
        machine.pause(Duration.ofSeconds(1));
        machine.calls.clear();

        run(profile.start());

        assertThat(machine.calls)
                .noneMatch(call -> call.contains("relog"))
                .noneMatch(call -> call.startsWith("start") || call.startsWith("stop") || call.startsWith("enable"));
    }

    private StepReport run(List<Step> steps) {
        return new ServiceSteps(machine, new TakeoverMemory(root.resolve("takeover-steps")), machine)
                .run(steps.stream().map(this::below).toList(), 3);
    }

    private Profile install(String name) throws Exception {
        Profile profile = new ProfileLoader(Path.of("/nonexistent")).load(name);
        for (Step step :
                Stream.concat(profile.start().stream(), profile.stop().stream()).toList()) {
            install(step);
        }
        return profile;
    }

    private void install(Step step) throws IOException {
        if (step instanceof Step.StartUnits start) {
            start.units().forEach(machine::unit);
        } else if (step instanceof Step.StopUnits stop) {
            stop.units().forEach(machine::unit);
        } else if (step instanceof Step.RunProgram run) {
            Path program = below(run.program());
            write(program, "");
            machine.program(program.toString(), argv -> FakeSystemd.exit(0, ""));
        } else if (step instanceof Step.SetVariable set) {
            write(below(set.file()), "# defaults\nstartup=x\nSTART=x\nRUNASTERISK=x\n");
        } else if (step instanceof Step.TouchFile touch) {
            write(below(touch.file()).resolveSibling("other"), "");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private Path below(Path path) {
        return root.resolve(path.toString().substring(1));
    }

    private Step below(Step step) {
        if (step instanceof Step.RunProgram run) {
            List<String> argv = new ArrayList<>(run.argv());
            argv.set(0, below(run.program()).toString());
            return new Step.RunProgram(argv, run.limit(), run.required(), run.oncePerTakeover(), run.retryFor());
        } else if (step instanceof Step.SetVariable set) {
            return new Step.SetVariable(below(set.file()), set.variable(), set.value());
        } else if (step instanceof Step.TouchFile touch) {
            return new Step.TouchFile(below(touch.file()));
        } else if (step instanceof Step.RemoveFile remove) {
            return new Step.RemoveFile(below(remove.file()));
        }
        return step;
    }

    /** Every file with its content, every unit with its state. */
    private Map<String, String> everything(Profile profile) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(file.toString(), Files.readString(file));
            }
        }
        for (String unit : profile.gatedUnits()) {
            found.put(unit, machine.stateOf(unit) + " " + machine.bootOf(unit));
        }
        return found;
    }
}
