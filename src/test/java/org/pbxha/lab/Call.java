// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** A call as one phone sees it, from dialling to hanging up. */
public final class Call {
    private final Sipp sipp;
    private final CompletableFuture<Result> end;

    /** How a call ended. */
    public enum Outcome {
        /** Answered, and ended when this phone wanted. */
        COMPLETED,
        /** Answered, then ended by the other side, or the other side was gone. */
        CUT,
        /** Never answered. */
        UNANSWERED
    }

    Call(Sipp sipp, String server) {
        this.sipp = sipp;
        this.end = CompletableFuture.supplyAsync(() -> sipp.run(server));
    }

    /** Waits until the other side has picked up; false when the call ended before. */
    public boolean awaitAnswer(Duration limit) {
        Awaitility.await("an answer").atMost(limit).until(() -> isAnswered() || end.isDone());
        return isAnswered();
    }

    /** Whether the other side has picked up by now. */
    public boolean isAnswered() {
        return sipp.log().contains("answered");
    }

    /** Waits for the end of the call. */
    public Outcome outcome() {
        Result result = end.join();
        if (result.ok()) {
            return Outcome.COMPLETED;
        }
        return isAnswered() ? Outcome.CUT : Outcome.UNANSWERED;
    }

    /** What went wrong, in SIPp's words; empty for a call that was completed. Waits for the end of the call. */
    public String why() {
        return end.join().err();
    }
}
