// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Giving;
import org.pbxha.agent.core.Limits;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.State;
import org.pbxha.agent.state.NodeState;

/**
 * Reads all sources at once; remembers for how long the peer has been healthy, when it last said that it stands by, when this
 * node was last alone, when its phase changed, and when it looked last. One thread calls it.
 */
public final class Observer {
    private final Role role;
    private final Limits limits;
    private final Sources sources;
    private long startNanos;
    private @Nullable Long healthySinceNanos;
    private @Nullable Long stoodByNanos;
    private @Nullable Long lookedNanos;
    private @Nullable Phase phase;
    private @Nullable Long thawedNanos;
    private long awakeNanos;
    private long aloneNanos;
    private long phaseNanos;

    /** What makes a new phase of a node. */
    private record Phase(ServiceState service, Giving.Phase giving, boolean shut) {
        static Phase of(State state) {
            return new Phase(state.service(), state.giving().phase(), state.shut());
        }
    }

    /** An observer whose silences count from now. */
    public Observer(Role role, Limits limits, Sources sources) {
        this.role = role;
        this.limits = limits;
        this.sources = sources;
        begin();
    }

    /** All sources listen: silences count from now. A machine that is slow to get there has missed nobody. */
    public void begin() {
        startNanos = sources.nanoTime().getAsLong();
        awakeNanos = startNanos;
        aloneNanos = startNanos;
        phaseNanos = startNanos;
        lookedNanos = null;
    }

    /** The facts of this moment. */
    public Facts look(NodeState node, @Nullable Order order) {
        // The answers are read before the clock, so that no silence is negative.
        OptionalLong icmp = sources.icmp().nanos();
        OptionalLong sip = sources.sip().nanos();
        OptionalLong link = sources.link().nanos();
        OptionalLong witness = sources.witness();
        PeerWord word = sources.word().get();
        Facts.Own own = sources.own().apply(node);
        long now = sources.nanoTime().getAsLong();
        noticeStall(now);
        noticePhase(node.state(), now);
        Duration linkSilence = since(link, now);
        Facts.Peer peer = new Facts.Peer(
                atMost(sinceAwake(now), since(icmp, now)),
                atMost(sinceAwake(now), since(sip, now)),
                sip.isPresent() && since(sip, now).compareTo(limits.silence()) < 0,
                linkSilence,
                sip.isPresent() || link.isPresent(),
                healthy(word, linkSilence, now),
                stoodBy(word, link, now),
                word);
        Duration witnessSilence = since(witness, now);
        noticeLoneliness(peer, witnessSilence, now);
        Facts.Times times = new Facts.Times(
                witnessSilence,
                witness.isPresent(),
                Duration.ofNanos(now - startNanos),
                sources.uptime().get(),
                Duration.ofNanos(now - phaseNanos),
                Duration.ofNanos(now - aloneNanos),
                thawed(link, now));
        return new Facts(role, peer, own, times, order, limits);
    }

    /**
     * Who was frozen, paused or starved has heard nobody, and the witness may be the first to be heard again. So the
     * peer's silence counts anew. Not that of the link: its last word must not look fresh.
     */
    private void noticeStall(long now) {
        if (lookedNanos != null) {
            Duration gap = Duration.ofNanos(now - lookedNanos);
            if (limits.witnessSilence().compareTo(gap) <= 0) {
                awakeNanos = now;
            }
            if (limits.silence().compareTo(gap) <= 0) {
                thawedNanos = now;
            }
        }
        lookedNanos = now;
    }

    private boolean thawed(OptionalLong link, long now) {
        Long woke = thawedNanos;
        return woke != null
                && Duration.ofNanos(now - woke).compareTo(limits.silence()) < 0
                && (link.isEmpty() || link.getAsLong() - woke <= 0);
    }

    private void noticePhase(State state, long now) {
        Phase next = Phase.of(state);
        if (phase != null && !next.equals(phase)) {
            phaseNanos = now;
        }
        phase = next;
    }

    /** Half the silence limit: a shorter gap cannot make the peer look dead before it has had time to answer again. */
    private void noticeLoneliness(Facts.Peer peer, Duration witnessSilence, long now) {
        Duration least =
                Collections.min(List.of(peer.icmpSilence(), peer.sipSilence(), peer.linkSilence(), witnessSilence));
        if (least.compareTo(limits.witnessSilence()) >= 0) {
            aloneNanos = now;
        }
    }

    private Duration sinceAwake(long now) {
        return Duration.ofNanos(now - awakeNanos);
    }

    private static Duration atMost(Duration most, Duration silence) {
        return silence.compareTo(most) < 0 ? silence : most;
    }

    private Duration since(OptionalLong answer, long now) {
        return Duration.ofNanos(now - answer.orElse(startNanos));
    }

    private boolean stoodBy(@Nullable PeerWord word, OptionalLong link, long now) {
        if (word != null && word.service() == ServiceState.STANDBY && link.isPresent()) {
            stoodByNanos = link.getAsLong();
        }
        return stoodByNanos != null && Duration.ofNanos(now - stoodByNanos).compareTo(limits.silence()) < 0;
    }

    private Duration healthy(@Nullable PeerWord word, Duration linkSilence, long now) {
        boolean healthy = word != null && word.ready() && linkSilence.compareTo(limits.silence()) < 0;
        if (!healthy) {
            healthySinceNanos = null;
            return Duration.ZERO;
        }
        if (healthySinceNanos == null) {
            healthySinceNanos = now;
        }
        return Duration.ofNanos(now - healthySinceNanos);
    }
}
