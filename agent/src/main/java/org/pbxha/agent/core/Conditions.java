// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Duration;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The vocabulary of the rule table. */
final class Conditions {
    static final Condition ICMP_SILENT = facts("ping silent", f -> f.silent(f.icmpSilence()));
    static final Condition SIP_SILENT = facts("SIP silent", f -> f.silent(f.sipSilence()));
    static final Condition LINK_SILENT = facts("peer link silent", f -> f.silent(f.linkSilence()));
    static final Condition WITNESS_SILENT =
            facts("witness silent", f -> atLeast(f.witnessSilence(), f.limits().witnessSilence()));

    static final Condition PEER_STANDBY = word("peer says standby", w -> w.service() == ServiceState.STANDBY);
    static final Condition PEER_ACTIVE = word("peer says active", w -> w.service() == ServiceState.ACTIVE);
    static final Condition PEER_SETTLED = word("peer's services have settled", PeerWord::settled);
    static final Condition PEER_NOT_SERVING = word("peer says its Asterisk does not answer", w -> !w.serving());
    static final Condition PEER_NEWER = epoch("peer has the newer epoch", (peer, own) -> peer > own);
    static final Condition PEER_NOT_OLDER = epoch("peer has the newer or the same epoch", (peer, own) -> peer >= own);

    static final Condition PEER_HELD = facts(
            "peer healthy for the whole hold-down",
            f -> atLeast(f.peerHealthy(), f.limits().holdDown()));
    static final Condition WAITED_FOR_SLAVE = facts(
            "waited for the slave", f -> atLeast(f.sinceStart(), f.limits().masterWait()));
    static final Condition JUST_BOOTED = new Condition(
            "booted just now as standby, master not yet seen",
            (state, f) -> !f.peerHeard()
                    && state.beforeBoot() == ServiceState.STANDBY
                    && !atLeast(f.sinceBoot(), f.limits().bootWait()));

    private Conditions() {}

    private static Condition facts(String words, Predicate<Facts> test) {
        return new Condition(words, (state, facts) -> test.test(facts));
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

    private static boolean atLeast(Duration time, Duration limit) {
        return time.compareTo(limit) >= 0;
    }
}
