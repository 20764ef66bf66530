// SPDX-License-Identifier: Apache-2.0
package org.pbxha.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.pbxha.lab.Call;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Phone;
import org.pbxha.lab.Suite;
import org.pbxha.product.ProductPair;

/** What happens in the demonstration, phase by phase. */
final class Story {
    /** For phases that do not depend on who decides. */
    static final String SAME = "";

    private static final Duration TALK = Duration.ofSeconds(3);
    private static final Duration RING = Duration.ofSeconds(30);
    private static final Duration TAKEOVER_LIMIT = Duration.ofMinutes(1);
    private static final Duration HOME_LIMIT = Duration.ofMinutes(4);

    private final Show show;
    private final ProductPair product;

    Story(Show show, ProductPair product) {
        this.show = show;
        this.product = product;
    }

    static Pair boot(String suite) {
        return Pair.start(Suite.valueOf(suite.toUpperCase(Locale.ROOT)));
    }

    void tell() {
        Node master = product.master();
        Node slave = product.slave();
        show.phase("install the package on both", SAME, product::install);
        show.phase("pair them", SAME, this::setUp);
        show.phase("copy the database", SAME, () -> show.command(master, "pbx-ha", "replicate"));
        show.phase("copy the files", SAME, () -> show.command(master, "pbx-ha", "sync"));
        show.command(master, "pbx-ha", "status");
        calls("phones register and call through the master", master);
        show.phase("power off the master: until the slave answers SIP", "78 (49 to 85)", this::loseMaster);
        product.awaitActive(slave);
        show.command(slave, "pbx-ha", "status");
        calls("phones fall back and call through the slave", slave);
        show.phase("power on the master: until it serves again", "both serve for 20 to 80", this::comeHome);
        calls("phones call through the master again", master);
        show.command(slave, "pbx-ha", "history");
    }

    private void setUp() {
        Node master = product.master();
        Node slave = product.slave();
        ProductPair.Setup said = product.setup();
        show.prompt(slave, "pbx-ha setup slave --yes");
        lines(said.slave(), line -> line.startsWith("code: ") || line.startsWith("This node is the slave"));
        show.prompt(master, "pbx-ha setup master --peer " + slave.address() + " --yes");
        long passed =
                said.master().lines().filter(line -> line.startsWith("  ok ")).count();
        show.output(passed + " checks of both nodes: ok");
        lines(said.master(), line -> line.startsWith("  warning") || line.startsWith("The slave"));
        product.awaitHealthy();
    }

    private void lines(String text, Predicate<String> wanted) {
        text.lines().filter(wanted).forEach(show::output);
    }

    private void loseMaster() {
        product.master().powerOff();
        product.slave().awaitSipAnswer(TAKEOVER_LIMIT);
    }

    /** Tells what the slave's agent says about it meanwhile. */
    private void comeHome() {
        product.master().powerOn();
        Reasons reasons = new Reasons(show, product, product.slave());
        Awaitility.await("the master serves and the slave stands by")
                .atMost(HOME_LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> "standby".equals(reasons.tellNew()));
        product.awaitHealthy();
    }

    private void calls(String name, Node server) {
        show.phase(name, SAME, () -> {
            Phone alice = product.pair().phone("100");
            Phone bruno = product.pair().phone("101");
            register(alice, server);
            register(bruno, server);
            Call ring = bruno.awaitRing(RING);
            Call call = alice.call(bruno.extension(), TALK);
            completed(call);
            completed(ring);
            show.say("phone 100 talked with phone 101 through the " + server.name());
        });
    }

    private void register(Phone phone, Node expected) {
        Node server = phone.register().server();
        if (server != expected) {
            throw new AssertionError("phone " + phone.extension() + " is registered with the " + server.name());
        }
    }

    private static void completed(Call call) {
        if (call.outcome() != Call.Outcome.COMPLETED) {
            throw new AssertionError("the call was " + call.outcome() + ": " + call.why());
        }
    }
}
