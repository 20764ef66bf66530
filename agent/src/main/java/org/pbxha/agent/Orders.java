// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.Outcome;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.loop.Cycle;
import org.pbxha.agent.loop.LoopThread;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.state.NodeState;

/** Has orders decided by the cycle of this node, and follows what comes of them. */
final class Orders {
    private static final long TURN_SECONDS = 10;
    private static final long LOOK_MILLIS = 200;

    private final Cycle cycle;
    private final LoopThread loop;

    Orders(Cycle cycle, LoopThread loop) {
        this.cycle = cycle;
        this.loop = loop;
    }

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

    private Snapshot await(java.util.concurrent.Future<Snapshot> answer) {
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

    /** Tells each new row until this node has come to a service state, or keeps the one it had after all. */
    int follow(ServiceState goal, PrintWriter out) {
        return goal == ServiceState.STANDBY
                ? follow(out, Orders::standsBy, Orders::keptTelephony)
                : follow(out, Orders::serves, seen -> false);
    }

    private int follow(PrintWriter out, Predicate<Snapshot> done, Predicate<Snapshot> failed) {
        int row = -1;
        while (true) {
            Snapshot seen = cycle.snapshot().orElseThrow();
            if (seen.rule().number() != row) {
                row = seen.rule().number();
                out.println("row " + row + ": " + seen.rule().reason());
            }
            if (done.test(seen)) {
                return ExitCode.OK;
            }
            if (failed.test(seen)) {
                return ExitCode.FAILED;
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

    /** And the other node answers phones: until then a person would not call it done. */
    private static boolean standsBy(Snapshot seen) {
        PeerWord word = seen.facts().freshWord();
        return seen.node().state().service() == ServiceState.STANDBY
                && seen.node().state().stepsDone()
                && word != null
                && word.serving();
    }

    private static boolean serves(Snapshot seen) {
        return seen.node().state().service() == ServiceState.ACTIVE
                && seen.node().state().stepsDone();
    }

    private static boolean keptTelephony(Snapshot seen) {
        return seen.node().state().service() == ServiceState.ACTIVE
                && seen.node().state().giving().phase() == Giving.Phase.NONE;
    }
}
