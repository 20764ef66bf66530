// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Rule;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.loop.Cycle;
import org.pbxha.agent.loop.LoopThread;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.state.NodeState;

/** Has orders decided by the cycle of this node, and follows what comes of them. */
final class Orders {
    /** The exit of an {@link Answer} about something that has neither succeeded nor failed yet. */
    static final int UNDER_WAY = -1;

    private static final long TURN_SECONDS = 10;
    private static final long LOOK_MILLIS = 200;

    private final Cycle cycle;
    private final LoopThread loop;

    Orders(Cycle cycle, LoopThread loop) {
        this.cycle = cycle;
        this.loop = loop;
    }

    /**
     * What a node says to a command.
     *
     * @param exit one of {@link ExitCode}, or {@link #UNDER_WAY}
     */
    record Answer(int exit, List<String> lines) {}

    /** One order; it is refused when the rules do not follow it now. */
    int give(Order order, PrintWriter out) {
        Snapshot turn = await(cycle.order(order));
        Outcome outcome = turn.rule().outcome();
        boolean followed =
                outcome == Outcome.GIVE || outcome == Outcome.GIVE_CUTTING_CALLS || outcome == Outcome.TAKE_OVER;
        out.println((followed ? "row " : "refused, row ") + turn.rule().number() + ": "
                + turn.rule().reason());
        if (!followed && turn.rule().alarm()) {
            out.println("next: " + turn.rule().advice());
        }
        return followed ? ExitCode.OK : ExitCode.REFUSED;
    }

    /** Changes what an operator may set. */
    Snapshot set(UnaryOperator<NodeState> change) {
        return await(cycle.set(change));
    }

    private Snapshot await(Future<Snapshot> answer) {
        loop.soon();
        try {
            return answer.get(TURN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the agent ends", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the cycle did not turn: " + e.getMessage(), e);
        }
    }

    /** Waits until this node serves, and tells each new row meanwhile. */
    int awaitServing(PrintWriter out) {
        return follow(() -> line(serves() ? ExitCode.OK : UNDER_WAY), out);
    }

    /** Whether this node serves with all that belongs to it. */
    boolean serves() {
        return standing(snapshot(), ServiceState.ACTIVE);
    }

    /** How far this node has come in giving telephony away: its row, and how that ended or {@link #UNDER_WAY}. */
    Answer progress() {
        Snapshot seen = snapshot();
        if (otherServes(seen)) {
            return line(ExitCode.OK);
        }
        return line(keptTelephony(seen) ? ExitCode.FAILED : UNDER_WAY);
    }

    private Answer line(int exit) {
        Rule rule = snapshot().rule();
        return new Answer(exit, List.of("row " + rule.number() + ": " + rule.reason()));
    }

    /** Looks until something has come to an end, and tells what is new. */
    int follow(Supplier<Answer> look, PrintWriter out) {
        List<String> told = List.of();
        while (true) {
            Answer seen = look.get();
            if (!seen.lines().equals(told)) {
                told = seen.lines();
                told.forEach(out::println);
            }
            if (seen.exit() != UNDER_WAY) {
                return seen.exit();
            }
            if (out.checkError() || !pause()) {
                return ExitCode.FAILED;
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Until the other node answers phones a person would not call it done. */
    private static boolean otherServes(Snapshot seen) {
        PeerWord word = seen.facts().freshWord();
        return standing(seen, ServiceState.STANDBY) && word != null && word.serving();
    }

    private static boolean standing(Snapshot seen, ServiceState service) {
        return seen.node().state().service() == service && seen.node().state().stepsDone();
    }

    private static boolean keptTelephony(Snapshot seen) {
        return seen.node().state().service() == ServiceState.ACTIVE
                && seen.node().state().giving().phase() == Giving.Phase.NONE;
    }

    private Snapshot snapshot() {
        return cycle.snapshot().orElseThrow();
    }
}
