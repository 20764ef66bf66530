// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An administrator who gives prepared answers and remembers what was said. An unexpected question fails the test. */
final class ScriptedDialogue implements Dialogue {
    final List<String> said = new CopyOnWriteArrayList<>();
    final List<String> problems = new CopyOnWriteArrayList<>();
    final List<String> questions = new CopyOnWriteArrayList<>();
    private final Queue<String> answers = new ArrayDeque<>();
    private boolean present = true;

    ScriptedDialogue answers(String... prepared) {
        answers.addAll(List.of(prepared));
        return this;
    }

    ScriptedDialogue absent() {
        present = false;
        return this;
    }

    /** The code that setup slave has printed on a line of its own. */
    Optional<String> code() {
        return said.stream()
                .filter(line -> line.startsWith("code: "))
                .map(line -> line.substring("code: ".length()))
                .findFirst();
    }

    @Override
    public void say(String line) {
        said.add(line);
    }

    @Override
    public void problem(String sentence, String next) {
        problems.add(sentence + " -> " + next);
    }

    @Override
    public boolean canAsk() {
        return present;
    }

    @Override
    public String ask(String prompt) {
        questions.add(prompt);
        String answer = answers.poll();
        if (answer == null) {
            throw new AssertionError("was asked: " + prompt);
        }
        return answer;
    }
}
