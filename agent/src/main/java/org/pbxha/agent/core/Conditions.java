// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The vocabulary of the rule table. */
final class Conditions {
    static final Condition ICMP_SILENT =
            facts("ping silent", f -> f.silent(f.peer().icmpSilence()));
    static final Condition SIP_SILENT =
            facts("SIP silent", f -> f.silent(f.peer().sipSilence()));
    static final Condition SIP_ANSWERS =
            facts("peer's Asterisk answers SIP", f -> f.peer().sipAnswers());
    static final Condition LINK_SILENT =
            facts("peer link silent", f -> f.silent(f.peer().linkSilence()));
    static final Condition PEER_SILENT = facts("peer silent on every probe", Facts::silentOnEveryProbe);
    static final Condition WITNESS_SILENT = facts("witness silent", Conditions::witnessSilent);
    static final Condition SILENT_FOR_LONG =
            facts("SIP and peer link silent for `takeover.unfenced-after`", Conditions::silentForLong);

    static final Condition ALONE = facts(
            "neither peer nor witness heard for `isolation.after`",
            f -> f.alone() && !f.limits().isolation().keepServing());
    static final Condition ALONE_FOR_LONG = facts(
            "for `isolation.stop-after`",
            f -> atLeast(f.times().inPhase(), f.limits().isolation().stopAfter()));
    static final Condition THAWED = facts(
            "this agent slept and has not heard its peer since", f -> f.times().thawed());
    static final Condition IN_TOUCH_AGAIN = facts(
            "peer or witness heard again for `takeover.after`",
            f -> atLeast(f.times().inTouch(), f.limits().silence()));

    static final Condition JUST_IN_TOUCH = facts(
            "peer or witness heard again for less than `takeover.after`",
            f -> !f.silent(f.times().inTouch()) && !(f.silentOnEveryProbe() && witnessSilent(f)));

    static final Condition PEER_STANDBY = word("peer says standby", w -> w.service() == ServiceState.STANDBY);
    static final Condition PEER_STOOD_BY = facts("peer stood by when it was last heard", f -> {
        PeerWord word = f.peer().word();
        return word != null && word.service() == ServiceState.STANDBY;
    });
    static final Condition PEER_SERVED = facts("peer served when it was last heard", f -> {
        PeerWord word = f.peer().word();
        return word != null && word.service() == ServiceState.ACTIVE;
    });
    static final Condition PEER_ACTIVE = word("peer says active", w -> w.service() == ServiceState.ACTIVE);
    static final Condition PEER_SETTLED = word("peer's services have settled", PeerWord::settled);
    static final Condition PEER_HEARD = word("peer's agent heard", word -> true);
    static final Condition PEER_READY = word("peer is ready to serve", PeerWord::ready);
    static final Condition PEER_NOT_SERVING = word("peer says its Asterisk does not answer", w -> !w.serving());
    static final Condition PEER_OFFERS =
            word("peer offers telephony", w -> w.plea() == PeerWord.Plea.TAKE_OVER_FROM_ME);
    static final Condition PEER_LEAVING = word("peer's host shuts down", w -> w.plea() == PeerWord.Plea.LEAVING);
    static final Condition PEER_UNABLE = word("peer says it cannot serve", w -> w.plea() == PeerWord.Plea.UNABLE);
    static final Condition PEER_NEWER = epoch("peer has the newer epoch", (peer, own) -> peer > own);
    static final Condition PEER_NOT_OLDER = epoch("peer has the newer or the same epoch", (peer, own) -> peer >= own);

    static final Condition PEER_HELD =
            new Condition("peer healthy for the whole hold-down, and nothing moved in that time", (state, f) -> {
                Duration holdDown =
                        f.limits().failback().holdDownAfter(state.standing().takeovers());
                return atLeast(f.peer().healthy(), holdDown)
                        && atLeast(f.times().inPhase(), holdDown);
            });
    static final Condition WAITED_FOR_SLAVE = facts(
            "waited for the slave",
            f -> atLeast(f.times().sinceStart(), f.limits().boot().master()));
    static final Condition JUST_BOOTED = new Condition(
            "booted just now as standby, master not yet seen",
            (state, f) -> !f.peer().heard()
                    && state.beforeBoot() == ServiceState.STANDBY
                    && !atLeast(f.times().sinceBoot(), f.limits().boot().slave()));

    static final Condition PAUSED = facts("paused", f -> f.own().paused());
    static final Condition MANUAL = state("mode manual", s -> s.standing().mode() == Mode.MANUAL);
    static final Condition SIP_TO_BE_CLOSED = state("SIP is closed here", State::shut);
    static final Condition PINNED =
            state("handed over by an operator", s -> s.standing().pinned());
    static final Condition UNABLE =
            state("this node could not serve", s -> s.standing().unable());
    static final Condition STEPS_DONE = state("services have settled", State::stepsDone);

    static final Condition STARTED = new Condition("services have settled, or their start failed", (state, f) -> {
        StepsProgress steps = f.own().steps();
        boolean failed = steps.towards() == ServiceState.ACTIVE && steps.phase() == StepsProgress.Phase.FAILED;
        return state.stepsDone() || failed;
    });

    static final Condition VETO_UNASKED =
            facts("hooks not asked yet", f -> f.own().veto() == Veto.UNASKED);
    static final Condition VETO_PENDING =
            facts("hooks being asked", f -> f.own().veto() == Veto.PENDING);
    static final Condition VETOED = facts("a hook objects", f -> f.own().veto() == Veto.VETOED);

    static final Condition FENCING = fencing("fencing under way", Fencing.Phase.RUNNING);
    static final Condition FENCE_UNTRIED = fencing("fencing not tried yet", Fencing.Phase.UNTRIED);
    static final Condition FENCED = fencing("peer fenced", Fencing.Phase.DONE);
    static final Condition UNFENCED = facts("fencing configured, peer not fenced", f -> {
        Fencing fencing = f.own().fencing();
        return fencing.isConfigured() && !fencing.is(Fencing.Phase.DONE);
    });
    /** Conditions of the rows that prepare a takeover. */
    static final Set<Condition> PREPARING =
            Set.of(VETO_UNASKED, VETO_PENDING, VETOED, FENCING, FENCE_UNTRIED, FENCED, UNFENCED);

    static final Condition FENCE_REQUIRED =
            facts("`fencing.required`", f -> f.limits().fenceRequired());
    static final Condition TIME_FOR_FROZEN = facts(
            "SIP and peer link silent for `takeover.unfenced-after`, or it can be fenced",
            f -> silentForLong(f) || (f.own().fencing().isConfigured() && !witnessSilent(f)));
    static final Condition FENCE_MARK =
            facts("the peer has fenced this node", f -> f.own().fenced());
    static final Condition WAS_FENCED = state(
            "fenced, and no word of a serving peer since", s -> s.standing().fenced());

    static final Condition ASTERISK_FAILED =
            facts("Asterisk failed", f -> f.own().asterisk() == Health.FAILED);
    static final Condition ASTERISK_STOPPED =
            facts("Asterisk stopped by an operator", f -> f.own().asterisk() == Health.STOPPED);
    static final Condition REPAIR_EXHAUSTED =
            facts("repair tries spent", f -> f.own().repair() == Repair.EXHAUSTED);
    static final Condition REPAIRING = facts("repair under way", f -> f.own().repair() == Repair.RUNNING);

    static final Condition GIVING = state("giving telephony", s -> !s.giving().is(Giving.Phase.NONE));
    static final Condition CALLS_LEFT = new Condition(
            "calls that may not be cut",
            (s, f) -> f.own().calls() > 0 && !s.giving().cutCalls());
    static final Condition CALLS_MAY_BE_CUT =
            state("calls may be cut", s -> s.giving().cutCalls());
    static final Condition HUNG_UP = facts(
            "for " + Limits.HANG_UP.toSeconds() + " s", f -> atLeast(f.times().inPhase(), Limits.HANG_UP));
    static final Condition IDLE = new Condition(
            "no call, or calls may be cut",
            (s, f) -> f.own().calls() == 0 || s.giving().cutCalls());
    static final Condition IMMEDIATE =
            facts("`failback.policy` immediate", f -> f.limits().failback().policy() == Limits.Policy.IMMEDIATE);
    static final Condition HOME_BY_HAND =
            facts("`failback.policy` manual", f -> f.limits().failback().policy() == Limits.Policy.MANUAL);
    static final Condition DRAINED_LONG = facts(
            "for `failback.drain-limit`",
            f -> atLeast(f.times().inPhase(), f.limits().failback().drain()));
    static final Condition UNCONFIRMED = facts(
            "for " + Limits.CONFIRM.toSeconds() + " s", f -> atLeast(f.times().inPhase(), Limits.CONFIRM));
    static final Condition SIP_CLOSED = facts("SIP closed", f -> f.own().sipClosed());

    private Conditions() {}

    static Condition phase(Giving.Phase phase) {
        return state(phase.name().toLowerCase(Locale.ROOT), s -> s.giving().is(phase));
    }

    static Condition work(Work work) {
        return facts(
                "data " + work.name().toLowerCase(Locale.ROOT), f -> f.own().work() == work);
    }

    private static Condition fencing(String words, Fencing.Phase phase) {
        return facts(words, f -> f.own().fencing().is(phase));
    }

    static Condition order(Order order) {
        return facts("operator: " + order.name().toLowerCase(Locale.ROOT).replace('_', ' '), f -> f.order() == order);
    }

    private static Condition facts(String words, Predicate<Facts> test) {
        return new Condition(words, (state, facts) -> test.test(facts));
    }

    private static Condition state(String words, Predicate<State> test) {
        return new Condition(words, (state, facts) -> test.test(state));
    }

    private static Condition word(String words, Predicate<PeerWord> test) {
        return new Condition(words, (state, facts) -> {
            PeerWord word = facts.freshWord();
            return word != null && test.test(word);
        });
    }

    private static Condition epoch(String words, BiPredicate<Long, Long> peerAndOwn) {
        return new Condition(words, (state, facts) -> {
            PeerWord word = facts.freshWord();
            return word != null && peerAndOwn.test(word.epoch(), state.epoch());
        });
    }

    private static boolean silentForLong(Facts facts) {
        return atLeast(facts.peer().sipSilence(), facts.limits().unfenced())
                && atLeast(facts.peer().linkSilence(), facts.limits().unfenced());
    }

    private static boolean witnessSilent(Facts facts) {
        return atLeast(facts.times().witnessSilence(), facts.limits().witnessSilence());
    }

    private static boolean atLeast(Duration time, Duration limit) {
        return time.compareTo(limit) >= 0;
    }
}
