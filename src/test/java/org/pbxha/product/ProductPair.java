// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.pbxha.lab.LabException;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;
import org.pbxha.lab.Result;

/**
 * A pair of the lab with the product on it. {@link #ready} does all there is to do; the single steps are
 * for whoever tests or shows just these. Nothing here knows more than an administrator: it runs the
 * commands of the manual.
 */
public final class ProductPair {
    /** Longer than anything the pair does by itself: a boot, a hold-down, a hand-back. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Duration PACE = Duration.ofMillis(250);
    private static final String SLAVE_OUTPUT = "/root/setup-slave.out";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Pair pair;

    private ProductPair(Pair pair) {
        this.pair = pair;
    }

    /** The pair as it is: nothing is installed or changed. */
    public static ProductPair of(Pair pair) {
        return new ProductPair(pair);
    }

    /** Installs the package on both nodes, pairs them, and waits until master and slave are what they should be. */
    public static ProductPair ready(Pair pair) {
        ProductPair product = new ProductPair(pair);
        product.install();
        product.setup();
        product.awaitHealthy();
        return product;
    }

    /** The lab's pair, with its faults and phones. */
    public Pair pair() {
        return pair;
    }

    /** The node with the role master. */
    public Node master() {
        return pair.master();
    }

    /** The node with the role slave. */
    public Node slave() {
        return pair.slave();
    }

    // ---- making it a pair

    /** Installs the package on both nodes; starts nothing. */
    public void install() {
        pair.nodes().forEach(node -> node.install(Packages.agent()));
    }

    /**
     * What the two setup commands said.
     *
     * @param slave all that the slave's command wrote, the code included
     * @param master all that the master's command wrote
     */
    public record Setup(String slave, String master) {}

    /** Runs the two setup commands as a person would: the code goes from the slave's screen to the master. */
    public Setup setup() {
        CompletableFuture<Result> waiting = CompletableFuture.supplyAsync(() ->
                slave().exec(LIMIT, "sh", "-c", "exec pbx-ha setup slave --yes >\"$1\" 2>&1", "sh", SLAVE_OUTPUT));
        String code = awaitCode(waiting);
        String master = master().feed(
                        LIMIT, code + "\n", "pbx-ha", "setup", "master", "--peer", slave().address(), "--yes")
                .orFail();
        boolean paired = waiting.join().ok();
        String said = slave().run("cat", SLAVE_OUTPUT);
        if (!paired) {
            throw new IllegalStateException("setup slave failed although setup master did not\n" + said);
        }
        return new Setup(said, master);
    }

    private String awaitCode(CompletableFuture<Result> waiting) {
        Awaitility.await("the pairing code")
                .atMost(LIMIT)
                .pollInterval(PACE)
                .until(() -> waiting.isDone() || shownCode().startsWith("code: "));
        String line = shownCode();
        if (!line.startsWith("code: ")) {
            throw new IllegalStateException("setup slave ended without a code\n"
                    + slave().exec("cat", SLAVE_OUTPUT).out());
        }
        return line.substring("code: ".length());
    }

    private String shownCode() {
        return slave().exec("grep", "^code: ", SLAVE_OUTPUT).out().strip();
    }

    // ---- what it says

    /**
     * What "pbx-ha status --json" says on a node; the fields are in the guide.
     *
     * @throws LabException when the agent does not answer
     */
    public JsonNode status(Node node) {
        return parse(node.run("pbx-ha", "status", "--json"));
    }

    /** What a command says for programs. */
    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not JSON: " + json, e);
        }
    }

    /** Waits until the node's agent says that it is active and its services run. */
    public void awaitActive(Node node) {
        await(node.name() + " is active", () -> is(node, "active"));
    }

    /** Waits until the node's agent says that it is standby and its services are stopped. */
    public void awaitStandby(Node node) {
        await(node.name() + " is standby", () -> is(node, "standby"));
    }

    /** Waits until the node answers SIP. */
    public void awaitSip(Node node) {
        await(node.name() + " answers SIP", node::answersSip);
    }

    /**
     * Waits until the master serves, the slave stands by, both see each other, and no agent has an alarm but that of a split
     * brain whose report nobody has accepted.
     */
    public void awaitHealthy() {
        await("the pair is healthy", () -> is(master(), "active") && is(slave(), "standby") && seesPeer());
        awaitSip(master());
    }

    /** Lets copies run again, whatever the pair has been through. */
    public void acceptDataLoss() {
        if (status(master()).path("splitBrain").isObject()) {
            master().run("pbx-ha", "replicate", "--accept-data-loss", "--reason", "the next test begins");
        }
    }

    private boolean seesPeer() {
        return pair.nodes().stream()
                .map(this::status)
                .allMatch(status ->
                        hasNoAlarm(status) && status.path("peer").path("ready").asBoolean(false));
    }

    /** A split brain that is over is an alarm until somebody has read its report; the pair is healthy meanwhile. */
    private static boolean hasNoAlarm(JsonNode status) {
        boolean over = status.path("splitBrain").isObject()
                && status.path("next").asText("?").isEmpty();
        return over || !status.path("alarm").asBoolean(true);
    }

    private boolean is(Node node, String state) {
        // An agent that is about to start answers nothing yet.
        Result result = node.exec("pbx-ha", "status", "--json");
        if (!result.ok()) {
            return false;
        }
        JsonNode status = parse(result.out());
        return status.path("self").path("service").asText().equals(state)
                && status.path("steps").asText().equals("done");
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(LIMIT).pollInterval(PACE).until(condition);
    }

    // ---- changing it

    /** Sets an option, named with dots as in docs/configuration.md, on both nodes, and restarts their agents. */
    public void set(String key, Object value) {
        pair.nodes().forEach(node -> set(node, key, value));
    }

    /** Sets an option, named with dots as in docs/configuration.md, on one node, and restarts its agent. */
    public void set(Node node, String key, Object value) {
        new NodeConfiguration(node).set(key, value);
        node.run("systemctl", "restart", "pbx-ha.service");
    }
}
