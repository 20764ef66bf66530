// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.effect.hooks.Veto.Answer;
import org.pbxha.agent.effect.hooks.Veto.Phase;
import org.pbxha.agent.journal.Journal;
import org.pbxha.agent.journal.JournalEntry;

class HookRunnerTest {
    private static final int NOBODY = 65534;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final HookFacts FACTS = new HookFacts(
            Role.SLAVE, ServiceState.ACTIVE, 7, "10.0.0.12", "10.0.0.11", 330, "the master is \"silent\"\n\u0000");

    private HookHome home;
    private HookRunner runner;

    @BeforeEach
    void make() throws Exception {
        home = new HookHome();
        runner = runner(LONG);
    }

    @AfterEach
    void remove() throws Exception {
        runner.close();
        home.close();
    }

    @Test
    void runsTheHooksOfAnEventInTheOrderOfTheirNames() throws Exception {
        for (String name : List.of("b", "10-x", "9-x", "a_b", "B")) {
            home.hook(HookEvent.MASTER_UP, name, "echo " + name + " >>" + home.file("order"));
        }
        home.hook(HookEvent.MASTER_DOWN, "other", "echo other >>" + home.file("order"));

        runner.fire(HookEvent.MASTER_UP, FACTS);

        awaitJournal(5);
        assertThat(home.file("order")).hasContent("10-x\n9-x\nB\na_b\nb\n");
    }

    @Test
    void tellsTheHookTheFactsInTheEnvironmentAndOnStandardInput() throws Exception {
        home.hook(
                HookEvent.AFTER_TAKEOVER,
                "tell",
                "env -u PWD -u _ >" + home.file("env") + "; pwd >" + home.file("pwd") + "; echo $# >"
                        + home.file("arguments") + "; cat >" + home.file("stdin"));

        runner.fire(HookEvent.AFTER_TAKEOVER, FACTS);

        awaitJournal(1);
        assertThat(Files.readAllLines(home.file("env")).stream().filter(line -> !line.startsWith("SHLVL=")))
                .containsExactlyInAnyOrder(
                        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                        "LC_ALL=C.UTF-8",
                        "HOME=/root",
                        "PBX_HA_EVENT=after-takeover",
                        "PBX_HA_ROLE=slave",
                        "PBX_HA_SERVICE=active",
                        "PBX_HA_EPOCH=7",
                        "PBX_HA_NODE=10.0.0.12",
                        "PBX_HA_PEER=10.0.0.11",
                        "PBX_HA_ROW=330",
                        "PBX_HA_REASON=the master is \"silent\"??");
        assertThat(home.file("pwd")).hasContent("/\n");
        assertThat(home.file("arguments")).hasContent("0\n");
        assertThat(Files.readString(home.file("stdin")))
                .isEqualTo("{\"event\":\"after-takeover\",\"role\":\"slave\",\"service\":\"active\",\"epoch\":7,"
                        + "\"node\":\"10.0.0.12\",\"peer\":\"10.0.0.11\",\"row\":330,"
                        + "\"reason\":\"the master is \\\"silent\\\"??\"}\n");
    }

    @Test
    void endsAHookThatHangsWithItsChildAndRunsTheNext() throws Exception {
        runner.close();
        runner = runner(SHORT);
        home.hook(
                HookEvent.MASTER_DOWN,
                "1-hangs",
                "trap '' TERM; sleep 60 & echo $! >" + home.file("child") + "; echo waiting; wait; wait");
        home.hook(HookEvent.MASTER_DOWN, "2-next", "echo done");

        runner.fire(HookEvent.MASTER_DOWN, FACTS);

        awaitJournal(2);
        assertThat(texts().get(0)).matches("master-down/1-hangs: timed out after \\d+ ms: waiting");
        assertThat(texts().get(1)).startsWith("master-down/2-next: exit 0");
        assertGone(home.file("child"));
    }

    @Test
    void writesAFailureAndItsLastLineInTheJournal() throws Exception {
        home.hook(HookEvent.SYNC_FAILED, "fails", "echo begun; echo 'no route' >&2; echo >&2; exit 3");

        runner.fire(HookEvent.SYNC_FAILED, FACTS);

        awaitJournal(1);
        JournalEntry entry = journal().last(1).get(0);
        assertThat(entry.event()).isEqualTo("hook");
        assertThat(entry.service()).isEqualTo("active");
        assertThat(entry.epoch()).isEqualTo(7);
        assertThat(entry.text()).matches("sync-failed/fails: exit 3 after \\d+ ms: no route");
    }

    @Test
    void survivesGarbageAndKeepsTheEndOfALongOutput() throws Exception {
        home.hook(
                HookEvent.REPAIR,
                "garbage",
                "head -c 200000 /dev/urandom; head -c 100000 /dev/zero; printf '\\n\\033[2J\\233\\007 the\\tend'");

        runner.fire(HookEvent.REPAIR, FACTS);

        awaitJournal(1);
        assertThat(texts().get(0)).contains(": exit 0 after ").endsWith("?[2J\uFFFD? the end");
    }

    @Test
    void refusesAHookThatOthersCanWriteAndNamesTheCommandThatMendsIt() throws Exception {
        Path open = home.hook(HookEvent.MASTER_UP, "open", "touch " + home.file("ran"));
        mode(open, "rwxrwxr-x");
        home.hook(HookEvent.MASTER_UP, "sound", "echo well");

        runner.fire(HookEvent.MASTER_UP, FACTS);

        awaitJournal(2);
        assertThat(texts().get(0))
                .startsWith("master-up/open: refused")
                .contains(open + " can be changed by others", "Run: chmod go-w " + open);
        assertThat(texts().get(1)).endsWith(": well");
        assertThat(home.file("ran")).doesNotExist();
    }

    @Test
    void refusesAHookInADirectoryThatOthersCanWrite() throws Exception {
        Path hook = home.hook(HookEvent.MASTER_UP, "hook", "touch " + home.file("ran"));
        Path directory = hook.resolveSibling(".").normalize();
        mode(directory, "rwxrwxrwx");

        runner.fire(HookEvent.MASTER_UP, FACTS);

        awaitJournal(1);
        assertThat(texts().get(0)).contains("Run: chmod go-w " + directory);
        assertThat(home.file("ran")).doesNotExist();
    }

    @Test
    void refusesAHookOfAnotherUser() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file away");
        Path hook = home.hook(HookEvent.MASTER_UP, "foreign", "touch " + home.file("ran"));
        Files.setAttribute(hook, "unix:uid", NOBODY);

        runner.fire(HookEvent.MASTER_UP, FACTS);

        awaitJournal(1);
        assertThat(texts().get(0)).contains("owner " + NOBODY, "Run: chown root:root " + hook);
        assertThat(home.file("ran")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoProgram() throws Exception {
        mode(home.hook(HookEvent.MASTER_UP, "a-text", "exit 0"), "rw-r--r--");
        Files.createDirectory(home.directory(HookEvent.MASTER_UP).resolve("b-directory"));
        Files.createSymbolicLink(home.directory(HookEvent.MASTER_UP).resolve("c-dangling"), home.file("absent"));

        runner.fire(HookEvent.MASTER_UP, FACTS);

        awaitJournal(3);
        assertThat(texts().get(0)).contains("a-text: refused", "is not an executable file", "Run: chmod 755 ");
        assertThat(texts().get(1)).contains("b-directory: refused", "is not an executable file");
        assertThat(texts().get(2)).contains("c-dangling: refused", "does not exist");
    }

    @Test
    void followsASymbolicLinkAndTrustsItsTargetNoMoreThanAFile() throws Exception {
        Path target = home.script("target", "echo through the link");
        Files.createSymbolicLink(home.directory(HookEvent.MASTER_UP).resolve("link"), target);

        runner.fire(HookEvent.MASTER_UP, FACTS);
        awaitJournal(1);
        assertThat(texts().get(0)).endsWith("through the link");

        mode(target, "rwxr-xrwx");
        runner.fire(HookEvent.MASTER_UP, FACTS);
        awaitJournal(2);
        assertThat(texts().get(1)).contains("master-up/link: refused", "Run: chmod go-w " + target);
    }

    @Test
    void doesNothingWithoutHooks() throws Exception {
        try (HookRunner none = new HookRunner(home.file("absent"), LONG, journal())) {
            none.fire(HookEvent.MASTER_UP, FACTS);
            assertThat(none.ask(HookEvent.BEFORE_TAKEOVER, FACTS).poll().phase())
                    .as("no time is lost")
                    .isEqualTo(Phase.ALLOWED);
        }
        runner.fire(HookEvent.MASTER_UP, FACTS);
        home.hook(HookEvent.REPAIR, "last", "exit 0");
        runner.fire(HookEvent.REPAIR, FACTS);

        awaitJournal(1);
    }

    @Test
    void runsAllWithinOneTimeAndBreaksOffAtTheFirstThatFails() throws Exception {
        assertThat(runner.runAll(HookEvent.FENCE, FACTS, LONG))
                .hasValueSatisfying(why -> assertThat(why).contains("there is no program in hooks.d/fence"));
        home.hook(HookEvent.FENCE, "1-left", "echo off");
        assertThat(runner.runAll(HookEvent.FENCE, FACTS, LONG)).isEmpty();

        home.hook(HookEvent.FENCE, "2-right", "echo no answer; exit 4");
        home.hook(HookEvent.FENCE, "3-never", "touch " + home.file("ran"));
        assertThat(runner.runAll(HookEvent.FENCE, FACTS, LONG))
                .hasValueSatisfying(why -> assertThat(why).matches("fence/2-right: exit 4 after \\d+ ms: no answer"));
        assertThat(home.file("ran")).doesNotExist();

        home.hook(HookEvent.FENCE, "0-hangs", "sleep 60");
        assertThat(runner.runAll(HookEvent.FENCE, FACTS, SHORT))
                .hasValueSatisfying(why -> assertThat(why).contains("0-hangs: timed out"));
    }

    @Test
    void saysWhyHooksCouldNotRunWithoutRunningThem() throws Exception {
        assertThat(runner.whyNotRunnable(HookEvent.FENCE)).isPresent();
        Path hook = home.hook(HookEvent.FENCE, "power", "touch " + home.file("ran"));
        assertThat(runner.whyNotRunnable(HookEvent.FENCE)).isEmpty();

        mode(hook, "rwxrwxrwx");
        assertThat(runner.whyNotRunnable(HookEvent.FENCE))
                .hasValueSatisfying(why -> assertThat(why).contains("chmod go-w " + hook));
        assertThat(home.file("ran")).doesNotExist();
    }

    @Test
    void allowsWhenEveryHookSaysYes() throws Exception {
        home.hook(HookEvent.BEFORE_TAKEOVER, "a", "exit 0");
        home.hook(HookEvent.BEFORE_TAKEOVER, "b", "echo fine");

        assertThat(answer(HookEvent.BEFORE_TAKEOVER)).isEqualTo(new Answer(Phase.ALLOWED, ""));
        awaitJournal(2);
    }

    @Test
    void vetoesWithTheFirstLineOfTheHookThatSaysNo() throws Exception {
        home.hook(HookEvent.BEFORE_FAILBACK, "a", "exit 0");
        home.hook(HookEvent.BEFORE_FAILBACK, "calls", "echo 12 calls are up; echo more; exit 1");
        home.hook(HookEvent.BEFORE_FAILBACK, "z", "touch " + home.file("ran"));

        assertThat(answer(HookEvent.BEFORE_FAILBACK))
                .isEqualTo(new Answer(Phase.VETOED, "before-failback/calls: 12 calls are up"));
        runner.close();
        assertThat(home.file("ran")).as("hooks after a veto").doesNotExist();
    }

    @Test
    void aBrokenHookHasNoSay() throws Exception {
        home.hook(HookEvent.BEFORE_TAKEOVER, "a-code", "exit 2");
        home.hook(HookEvent.BEFORE_TAKEOVER, "b-signal", "kill -KILL $$");
        mode(home.hook(HookEvent.BEFORE_TAKEOVER, "c-refused", "exit 1"), "rwxrwxrwx");
        home.hook(HookEvent.BEFORE_TAKEOVER, "d-missing", "/no/such/program");

        assertThat(answer(HookEvent.BEFORE_TAKEOVER).phase()).isEqualTo(Phase.ALLOWED);
        awaitJournal(4);
        assertThat(texts().get(1)).contains("b-signal: exit 137");
    }

    @Test
    void aHookThatHangsHasNoSayAndTheAnswerIsInTime() throws Exception {
        runner.close();
        runner = runner(SHORT);
        home.hook(HookEvent.BEFORE_TAKEOVER, "hangs", "trap 'exit 1' TERM; sleep 60 & wait");
        home.hook(HookEvent.BEFORE_TAKEOVER, "late", "exit 1");
        long start = System.nanoTime();

        Veto veto = runner.ask(HookEvent.BEFORE_TAKEOVER, FACTS);
        assertThat(veto.poll().phase()).isEqualTo(Phase.PENDING);
        await().until(() -> veto.poll().phase() == Phase.ALLOWED);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        awaitJournal(1);
        assertThat(texts().get(0)).contains("timed out");
        assertThat(veto.poll().phase()).as("the first answer stays").isEqualTo(Phase.ALLOWED);
    }

    @Test
    void anEventWhoseHookHangsDelaysNoQuestion() throws Exception {
        home.hook(HookEvent.MASTER_DOWN, "hangs", "touch " + home.file("hangs") + "; sleep 60");
        home.hook(HookEvent.BEFORE_TAKEOVER, "no", "exit 1");
        runner.fire(HookEvent.MASTER_DOWN, FACTS);
        await().until(() -> Files.exists(home.file("hangs")));

        assertThat(answer(HookEvent.BEFORE_TAKEOVER))
                .isEqualTo(new Answer(Phase.VETOED, "before-takeover/no: gave no reason"));
    }

    @Test
    void dropsEventsWhenTooManyWaitAndAllowsWhatIsAskedThen() throws Exception {
        home.hook(HookEvent.MASTER_DOWN, "hangs", "sleep 60");
        home.hook(HookEvent.BEFORE_FAILBACK, "hangs", "sleep 60");

        for (int i = 0; i < 34; i++) {
            runner.fire(HookEvent.MASTER_DOWN, FACTS);
        }
        awaitJournal(1);
        assertThat(texts().get(0)).isEqualTo("master-down: its hooks are not run, because too many wait already");

        for (int i = 0; i < 5; i++) {
            assertThat(runner.ask(HookEvent.BEFORE_FAILBACK, FACTS).poll().phase())
                    .isEqualTo(Phase.PENDING);
        }
        assertThat(runner.ask(HookEvent.BEFORE_FAILBACK, FACTS).poll().phase()).isEqualTo(Phase.ALLOWED);
    }

    @Test
    void closingEndsTheHooksUnderWayAndForgetsTheOthers() throws Exception {
        String hang = "trap '' TERM; sleep 60 & echo $! >" + home.file("child") + "; wait; wait";
        home.hook(HookEvent.MASTER_DOWN, "hangs", hang);
        home.hook(HookEvent.MASTER_UP, "waits", "touch " + home.file("ran"));
        runner.fire(HookEvent.MASTER_DOWN, FACTS);
        runner.fire(HookEvent.MASTER_UP, FACTS);
        await().until(() -> Files.exists(home.file("child")) && Files.size(home.file("child")) > 1);

        runner.close();

        assertGone(home.file("child"));
        assertThat(texts()).containsExactly("master-down/hangs: ended with the agent");
        assertThat(home.file("ran")).doesNotExist();
        runner.fire(HookEvent.MASTER_UP, FACTS);
        assertThat(texts()).hasSize(1);
    }

    @Test
    void aQuestionIsNotAnEvent() {
        assertThatThrownBy(() -> runner.fire(HookEvent.BEFORE_TAKEOVER, FACTS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> runner.ask(HookEvent.AFTER_TAKEOVER, FACTS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private HookRunner runner(Duration limit) {
        return new HookRunner(home.hooks(), limit, journal());
    }

    private Answer answer(HookEvent event) {
        Veto veto = runner.ask(event, FACTS);
        await().until(() -> veto.poll().phase() != Phase.PENDING);
        return veto.poll();
    }

    private Journal journal() {
        return new Journal(home.file("journal"));
    }

    private void awaitJournal(int entries) {
        await().untilAsserted(() -> assertThat(texts()).hasSize(entries));
    }

    private List<String> texts() throws Exception {
        return journal().last(100).stream().map(JournalEntry::text).toList();
    }

    private static void mode(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void assertGone(Path pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
