// SPDX-License-Identifier: Apache-2.0
package org.pbxha.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.pbxha.lab.Machine;
import org.pbxha.report.Table;

/** Runs the phases of a demonstration, tells what happens, and keeps the time. */
final class Show {
    private final PrintStream out;
    private final long start = System.nanoTime();
    private final Table table = new Table("phase", ">seconds", "the XiVO algorithm");

    Show(PrintStream out) {
        this.out = out;
    }

    /** One phase: does something, and takes as long as that takes. */
    void phase(String name, String xivo, Runnable work) {
        phase(name, xivo, () -> {
            work.run();
            return name;
        });
    }

    /** One phase that makes something. */
    <T> T phase(String name, String xivo, Supplier<T> work) {
        say(name + " ...");
        long begin = System.nanoTime();
        final T made;
        try {
            made = work.get();
        } catch (RuntimeException | AssertionError e) {
            table.row(name, "FAILED", xivo);
            throw e;
        }
        String seconds = seconds(begin);
        table.row(name, seconds, xivo);
        say(name + ": " + seconds + " s");
        return made;
    }

    /** A line with the time since the beginning. */
    void say(String line) {
        out.printf(Locale.ROOT, "[%5s s] %s%n", seconds(start), line);
    }

    /** What a person would see who types the command on a machine. */
    void command(Machine machine, String... command) {
        prompt(machine, String.join(" ", command));
        output(machine.run(command));
    }

    /** A command line as a person sees it. */
    void prompt(Machine machine, String command) {
        out.println("          " + machine.name() + "# " + command);
    }

    /** What a command wrote, indented. */
    void output(String text) {
        text.lines().forEach(line -> out.println("            " + line));
    }

    /** The phases so far. */
    void table() {
        out.println();
        out.println(table);
    }

    /** A line of its own. */
    void line(String text) {
        out.println(text);
    }

    private static String seconds(long since) {
        double value = Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
