// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Fencing;
import org.pbxha.agent.core.Health;
import org.pbxha.agent.core.Limits;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Repair;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.StepsProgress;
import org.pbxha.agent.core.Veto;
import org.pbxha.agent.core.Work;

/** Facts in which all is well, for a test to change what it is about. */
public final class FactsBuilder {
    public static final Duration RECENT = Duration.ofMillis(400);
    public static final Duration LONG = Duration.ofHours(1);
    public static final Limits LIMITS = limits(Limits.Policy.AUTOMATIC, false);

    public final Role role;
    public Duration icmp = RECENT;
    public Duration sip = RECENT;
    /** Whether the peer's Asterisk has answered at all; its silence counts from somewhere. */
    public boolean sipHeard = true;

    public Duration link = RECENT;
    public Duration witness = RECENT;
    public boolean witnessHeard = true;
    public boolean peerHeard = true;
    public Duration peerHealthy = LONG;
    public boolean stoodBy;
    public @Nullable PeerWord word;
    public Health asterisk = Health.SERVING;
    public Repair repair = Repair.IDLE;
    public int calls;
    public boolean sipClosed;
    public boolean paused;
    public StepsProgress steps = StepsProgress.idle();
    public Work work = Work.IDLE;
    public Veto veto = Veto.ALLOWED;
    public Fencing.Phase fencing = Fencing.Phase.OFF;
    public boolean fenced;
    public Duration sinceStart = LONG;
    public Duration sinceBoot = LONG;
    public Duration inPhase = LONG;
    public Duration inTouch = LONG;
    public boolean thawed;
    public @Nullable Order order;
    public Limits limits = LIMITS;

    public FactsBuilder(Role role, @Nullable PeerWord word) {
        this.role = role;
        this.word = word;
    }

    /** Nothing of the peer has answered for a while. */
    public FactsBuilder peerSilent() {
        icmp = Duration.ofSeconds(20);
        sip = icmp;
        link = icmp;
        peerHealthy = Duration.ZERO;
        return this;
    }

    /** Nothing at all has answered for a while. */
    public FactsBuilder cutOff() {
        peerSilent();
        witness = Duration.ofSeconds(20);
        inTouch = Duration.ZERO;
        return this;
    }

    public FactsBuilder order(Order given) {
        order = given;
        return this;
    }

    public Facts facts() {
        return new Facts(
                role,
                new Facts.Peer(
                        icmp,
                        sip,
                        sipHeard && sip.compareTo(limits.silence()) < 0,
                        link,
                        peerHeard,
                        peerHealthy,
                        stoodBy,
                        word),
                new Facts.Own(
                        asterisk,
                        repair,
                        calls,
                        sipClosed,
                        paused,
                        steps,
                        work,
                        veto,
                        new Fencing(fencing, ""),
                        fenced),
                new Facts.Times(witness, witnessHeard, sinceStart, sinceBoot, inPhase, inTouch, thawed),
                order,
                limits);
    }

    /** The default times with these policies. */
    public static Limits limits(Limits.Policy policy, boolean keepServing) {
        return limits(policy, keepServing, false);
    }

    /** The default times where nothing is taken over without fencing. */
    public static Limits fenceRequired() {
        return limits(Limits.Policy.AUTOMATIC, false, true);
    }

    private static Limits limits(Limits.Policy policy, boolean keepServing, boolean fenceRequired) {
        return new Limits(
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                fenceRequired,
                new Limits.Isolation(Duration.ofMillis(1500), Duration.ofSeconds(30), keepServing),
                new Limits.Failback(policy, Duration.ofSeconds(60), Duration.ofMinutes(30), Duration.ofMinutes(10)),
                new Limits.Boot(Duration.ofSeconds(15), Duration.ofSeconds(120)));
    }
}
