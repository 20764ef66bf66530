// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.pbxha.lab.Node;
import org.pbxha.lab.Result;

/** "pbx-ha setup slave" at work in a terminal of its own, from its start to its end. */
final class WaitingSlave implements AutoCloseable {
    private static final String SCREEN = "/root/screen";
    private static final String PROCESS = "/root/screen.pid";
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Node node;
    private final CompletableFuture<Result> end;

    private WaitingSlave(Node node, String command) {
        this.node = node;
        node.run("rm", "-f", SCREEN, PROCESS);
        this.end = CompletableFuture.supplyAsync(
                () -> node.exec(LIMIT, "sh", "-c", "echo $$ >" + PROCESS + "; " + command));
    }

    /** With the consent given in advance. */
    static WaitingSlave agreed(Node node) {
        return new WaitingSlave(node, "exec pbx-ha setup slave --yes >" + SCREEN + " 2>&1");
    }

    /** At a terminal, where somebody answers the question with "y". */
    static WaitingSlave atATerminal(Node node) {
        return new WaitingSlave(node, "echo y | script -qefc 'pbx-ha setup slave' " + SCREEN + " >/dev/null");
    }

    /** What it shows so far. */
    String screen() {
        return node.exec("cat", SCREEN).out().replace("\r", "");
    }

    /** The code, as soon as it is shown. */
    String code() {
        Scenario.await("the code").until(() -> screen().contains("\ncode: "));
        return screen().replaceAll("(?s).*\ncode: ([^\n]*)\n.*", "$1");
    }

    /** Its exit code; waits for its end. */
    int exit() {
        return end.join().exit();
    }

    /** Another code of the right form, of the same node. */
    static String misspelt(String code) {
        char last = code.charAt(code.length() - 1);
        return code.substring(0, code.length() - 1).toUpperCase(Locale.ROOT) + (last == '0' ? '1' : '0');
    }

    /** Ctrl-C. */
    @Override
    public void close() {
        if (!end.isDone()) {
            node.exec("sh", "-c", "kill -INT $(cat " + PROCESS + ")");
            end.join();
        }
    }
}
