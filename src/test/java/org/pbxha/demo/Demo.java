// SPDX-License-Identifier: Apache-2.0
package org.pbxha.demo;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pbxha.lab.Pair;
import org.pbxha.product.ProductPair;
import org.pbxha.report.Repository;

/** A master dies, calls go on, it comes home: told on the screen while it happens. "make demo" runs it. */
final class Demo {
    private static final String SOURCES = """

            The XiVO algorithm: once a minute three pings ten seconds apart, then the services start or stop.
            Its seconds for the take-over were measured in this lab (median 78, 49 to 85 in five runs); measure
            them again with: make bench ONLY=takeover. Its home-coming is arithmetic: the master serves as soon
            as it has booted, and the slave stops after the next tick and its pings, 20 to 80 s later.""";

    private final Show show = new Show(System.out);

    @Test
    void aMasterDiesAndCallsGoOn() {
        try (Pair pair = boot()) {
            Story story = new Story(show, ProductPair.of(pair));
            boolean complete = false;
            try {
                story.tell();
                complete = true;
            } finally {
                show.table();
                end(pair, complete);
            }
        }
    }

    private Pair boot() {
        String suite = System.getProperty("lab.suite", "forky");
        return show.phase("boot two PBXs (" + suite + ")", Story.SAME, () -> Story.boot(suite));
    }

    private void end(Pair pair, boolean complete) {
        if (complete) {
            show.line(SOURCES);
        } else {
            pair.leaveEvidence(Repository.TOP.resolve("target/demo"));
            show.line("\nFAILED. What the nodes knew about it is in target/demo; the error follows.");
        }
        if (Pair.KEPT) {
            show.line("\nThe pair is left running, until the next pair of this lab starts. Enter it with:");
            Stream.concat(pair.nodes().stream(), Stream.of(pair.phones()))
                    .forEach(machine -> show.line("  " + machine.shellCommand() + "   # " + machine.name()));
        }
    }
}
