// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything one decision may rest on, read once. Silences count from the last answer, or from the agent's start
 * when there was none; all durations are monotonic.
 *
 * @param role what this node is configured to be
 * @param peer what is seen and heard of the other node
 * @param own what is seen of this node
 * @param times how long things have lasted
 * @param order what an operator asks in this cycle, null when nothing
 * @param limits the configured times and policies
 */
public record Facts(
        Role role,
        Peer peer,
        Own own,
        Times times,
        @Nullable Order order,
        Limits limits) {
    /**
     * The other node.
     *
     * @param icmpSilence since it last answered ping
     * @param sipSilence since it last answered SIP OPTIONS
     * @param sipAnswers whether it has answered them within the silence limit; without an answer nobody can tell as long
     *     as the silence is shorter than that
     * @param linkSilence since its agent was last heard on the peer link
     * @param heard whether its agent or its Asterisk has been heard since this agent started; a host that boots answers ping
     *     long before
     * @param healthy how long its agent has been reporting without a gap that it is ready to serve
     * @param stoodBy whether its agent has said within the silence limit that it stands by: when it is active now, it has
     *     become so before this node's eyes
     * @param word its agent's last word, null when there was none
     */
    public record Peer(
            Duration icmpSilence,
            Duration sipSilence,
            boolean sipAnswers,
            Duration linkSilence,
            boolean heard,
            Duration healthy,
            boolean stoodBy,
            @Nullable PeerWord word) {
        /** Since any probe last reached it. */
        Duration silence() {
            return Collections.min(List.of(icmpSilence, sipSilence, linkSilence));
        }
    }

    /**
     * This node.
     *
     * @param asterisk its Asterisk
     * @param repair the repair of that
     * @param calls how many there are
     * @param sipClosed whether the firewall drops SIP now
     * @param paused whether an operator has paused the pair, on either node
     * @param steps where the run of the profile's steps stands
     * @param work where the data of the present phase of giving stands
     * @param veto what the hooks say to a takeover
     * @param fencing where the fencing of the peer stands
     * @param fenced whether the peer has fenced this node, and this node has not yet taken note of it
     */
    public record Own(
            Health asterisk,
            Repair repair,
            int calls,
            boolean sipClosed,
            boolean paused,
            StepsProgress steps,
            Work work,
            Veto veto,
            Fencing fencing,
            boolean fenced) {}

    /**
     * How long things have lasted.
     *
     * @param witnessSilence since any witness last answered ping
     * @param witnessHeard whether any witness has answered since this agent started
     * @param sinceStart since this agent started
     * @param sinceBoot since this host booted
     * @param inPhase since this agent last saw the service state, the phase of giving, or the closing of SIP change
     * @param inTouch since this node last was alone, zero while it is: no probe of the peer and no witness answers
     * @param thawed whether this agent has just slept through the silence limit and not heard its peer since
     */
    public record Times(
            Duration witnessSilence,
            boolean witnessHeard,
            Duration sinceStart,
            Duration sinceBoot,
            Duration inPhase,
            Duration inTouch,
            boolean thawed) {}

    boolean silent(Duration silence) {
        return silence.compareTo(limits.silence()) >= 0;
    }

    /** Whether no probe has reached the peer within the silence limit. */
    public boolean silentOnEveryProbe() {
        return silent(peer.icmpSilence) && silent(peer.sipSilence) && silent(peer.linkSilence);
    }

    /**
     * Whether this node is cut off: neither the peer nor a witness has answered for the time after which an active node
     * closes SIP, and they fell silent together. A peer that was silent long before is dead and takes nothing over, so its
     * survivor serves on when the witness goes too. A witness that never answered says nothing.
     */
    public boolean alone() {
        Duration peerSilence = peer.silence();
        Duration after = limits.isolation().after();
        return times.witnessHeard
                && peerSilence.compareTo(after) >= 0
                && times.witnessSilence.compareTo(after) >= 0
                && peerSilence.minus(times.witnessSilence).compareTo(Limits.TOGETHER) < 0;
    }

    /** The peer's word while it is fresh; a word older than the silence limit is nobody's word. */
    public @Nullable PeerWord freshWord() {
        return silent(peer.linkSilence) ? null : peer.word;
    }
}
