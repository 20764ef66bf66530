// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.pbxha.agent.Orders.Answer;
import org.pbxha.agent.config.BadValueException;
import org.pbxha.agent.config.DurationText;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Fencing;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Mode;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.link.PeerClient;
import org.pbxha.agent.link.PeerException;
import org.pbxha.agent.link.PeerRoute;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.state.NodeState;
import org.pbxha.agent.state.Pause;
import org.pbxha.agent.status.Explanation;

/**
 * What operators order: each command works on either node, and is passed on to the one that it concerns. The other node
 * carries out only what is named here, and follows its own rules in that.
 */
final class OperatorCommands {
    private static final String PATH = "/v1/operate";
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Node node;
    private final Supplier<Optional<Snapshot>> snapshot;
    private final Orders orders;
    private final Supplier<Fencing> fence;
    private final Supplier<PeerClient> peer;

    /**
     * The commands of one node.
     *
     * @param fence fences the peer now, and waits for the end
     * @param peer the way to the other node
     */
    OperatorCommands(
            Node node,
            Supplier<Optional<Snapshot>> snapshot,
            Orders orders,
            Supplier<Fencing> fence,
            Supplier<PeerClient> peer) {
        this.node = node;
        this.snapshot = snapshot;
        this.orders = orders;
        this.fence = fence;
        this.peer = peer;
    }

    /** For the command line of this node. */
    Map<String, Handler> handlers() {
        return Map.of(
                "handover", (words, out) -> move(Role.MASTER, Order.HANDOVER, out),
                "failback", (words, out) -> failback(words, out),
                "takeover", this::takeover,
                "pause", (words, out) -> onBoth("pause", words, out),
                "resume", (words, out) -> onBoth("resume", words, out),
                "mode", (words, out) -> onBoth("mode", words, out),
                "explain", (words, out) -> explain(out));
    }

    /** For the operator commands that the other node passes on. */
    PeerRoute route() {
        return PeerRoute.text(PATH, call -> {
            Passed passed = LinkJson.read(call.text(), Passed.class);
            StringWriter said = new StringWriter();
            int exit = here(passed.command(), passed.words(), new PrintWriter(said));
            return LinkJson.write(new Answer(exit, said.toString().lines().toList()));
        });
    }

    /** A command for the other node. */
    record Passed(String command, List<String> words) {}

    private int here(String command, List<String> words, PrintWriter out) {
        return switch (command) {
            case "handover" -> orders.give(Order.HANDOVER, out);
            case "failback" -> orders.give(order(words), out);
            case "failback-plan" -> plan(order(words), out);
            case "progress" -> progress(out);
            case "pause" -> pause(words, out);
            case "resume" -> set(out, state -> state.with(Pause.NONE), "the pause has ended");
            case "mode" -> mode(words, out);
            default -> {
                out.println("this agent does not know \"" + command + "\"; install the same version on both nodes");
                yield ExitCode.FAILED;
            }
        };
    }

    private static Order order(List<String> words) {
        return words.contains("cut-calls") ? Order.FAILBACK_CUTTING_CALLS : Order.FAILBACK;
    }

    private int failback(List<String> words, PrintWriter out) {
        if (words.contains("dry-run")) {
            return node.role() == Role.SLAVE ? plan(order(words), out) : pass("failback-plan", words, out);
        }
        return move(Role.SLAVE, order(words), out);
    }

    /**
     * Has the node of a role give telephony away, and follows that from this one.
     *
     * @param giver the role whose node gives
     */
    private int move(Role giver, Order order, PrintWriter out) {
        boolean here = node.role() == giver;
        String command = giver == Role.MASTER ? "handover" : "failback";
        List<String> words = order == Order.FAILBACK_CUTTING_CALLS ? List.of("cut-calls") : List.of();
        int accepted = here ? here(command, words, out) : pass(command, words, out);
        if (accepted != ExitCode.OK) {
            return accepted;
        }
        int exit = orders.follow(here ? orders::progress : this::othersProgress, out);
        out.println(
                exit == ExitCode.OK
                        ? "done: the " + (giver == Role.MASTER ? "slave" : "master") + " serves"
                        : "not done; see the lines above and `pbx-ha status`");
        return exit;
    }

    private int takeover(List<String> words, PrintWriter out) {
        String reason = String.join(" ", words).strip();
        if (reason.isEmpty()) {
            out.println("a forced takeover needs a reason, for those who read the history later");
            return ExitCode.USAGE;
        }
        Snapshot seen = snapshot.get().orElseThrow();
        State state = seen.node().state();
        if (state.service() == ServiceState.ACTIVE) {
            out.println("this node serves already");
            return ExitCode.REFUSED;
        }
        node.journal().note("takeover ordered", state.service(), state.epoch(), reason);
        // A master that is heard stands down by itself; one that is not may serve unseen.
        if (seen.facts().own().fencing().phase() != Fencing.Phase.OFF
                && seen.facts().freshWord() == null) {
            fence(out);
        }
        int accepted = orders.give(Order.TAKEOVER, out);
        return accepted == ExitCode.OK ? orders.awaitServing(out) : accepted;
    }

    private int progress(PrintWriter out) {
        Answer answer = orders.progress();
        answer.lines().forEach(out::println);
        return answer.exit();
    }

    /** How far the other node has come in giving telephony to this one; should it die meanwhile, this node may serve all the same. */
    private Answer othersProgress() {
        try {
            return ask("progress", List.of());
        } catch (PeerException | IOException e) {
            String line = "the other node does not answer: " + e.getMessage();
            return new Answer(orders.serves() ? ExitCode.OK : Orders.UNDER_WAY, List.of(line));
        }
    }

    private void fence(PrintWriter out) {
        Duration limit = node.settings()
                .fencing()
                .limit()
                .multipliedBy(node.settings().fencing().methods().size());
        out.println("the master is fenced first, for " + limit.toSeconds() + " s at most");
        Fencing fenced = fence.get();
        out.println(
                fenced.phase() == Fencing.Phase.DONE
                        ? "fenced by " + fenced.detail()
                        : "NOT FENCED, and taken over all the same: " + fenced.detail());
    }

    /** What a failback would do now, without doing it. */
    private int plan(Order order, PrintWriter out) {
        Snapshot seen = snapshot.get().orElseThrow();
        return new FailbackPlan(seen, order).print(out);
    }

    private int explain(PrintWriter out) {
        Explanation.lines(snapshot.get().orElseThrow()).forEach(out::println);
        return ExitCode.OK;
    }

    /** A pause and a mode are the pair's: one node alone would move for the other. */
    private int onBoth(String command, List<String> words, PrintWriter out) {
        int own = here(command, words, out);
        if (own != ExitCode.OK) {
            return own;
        }
        int others = pass(command, words, out);
        if (others != ExitCode.OK) {
            out.println("this node has it, the other one has not: run `pbx-ha " + command + "` there too");
        }
        return others;
    }

    private int pause(List<String> words, PrintWriter out) {
        if (snapshot.get().orElseThrow().node().state().giving().phase() != Giving.Phase.NONE) {
            out.println("refused: telephony is being given to the other node; pause when that is done");
            return ExitCode.REFUSED;
        }
        try {
            Pause pause = words.isEmpty() ? Pause.OPEN_ENDED : until(DurationText.parse(words.get(0)));
            String end = words.isEmpty() ? "until `pbx-ha resume`" : "until " + pause.until();
            return set(out, state -> state.with(pause), "paused " + end + ": nothing moves by itself");
        } catch (BadValueException e) {
            out.println(words.get(0) + " " + e.getMessage() + "; write 30m or 2h");
            return ExitCode.USAGE;
        }
    }

    private static Pause until(Duration length) {
        return new Pause(Instant.now().plus(length).truncatedTo(ChronoUnit.SECONDS));
    }

    private int mode(List<String> words, PrintWriter out) {
        Mode mode = Mode.valueOf(words.get(0).toUpperCase(Locale.ROOT));
        return set(
                out,
                state -> state.with(state.state().with(state.state().standing().withMode(mode))),
                "mode " + words.get(0));
    }

    private int set(PrintWriter out, UnaryOperator<NodeState> change, String text) {
        NodeState now = orders.set(change).node();
        node.journal().note("operator", now.state().service(), now.state().epoch(), text);
        out.println("this " + now.role().name().toLowerCase(Locale.ROOT) + ": " + text);
        return ExitCode.OK;
    }

    private int pass(String command, List<String> words, PrintWriter out) {
        try {
            Answer answer = ask(command, words);
            answer.lines().forEach(out::println);
            return answer.exit();
        } catch (PeerException e) {
            out.println("the other node could not be told: " + e.getMessage() + ". " + e.hint());
            return ExitCode.FAILED;
        } catch (IOException e) {
            out.println("the other node's answer cannot be read: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private Answer ask(String command, List<String> words) throws PeerException, IOException {
        return LinkJson.read(peer.get().post(PATH, LinkJson.write(new Passed(command, words)), LIMIT), Answer.class);
    }
}
