// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Limits;
import org.pbxha.agent.core.PeerWord;
import org.pbxha.agent.core.Role;

/**
 * Reads all sources at once; remembers for how long the peer has been healthy, and when it looked last. One thread calls
 * it.
 */
public final class Observer implements Supplier<Facts> {
    private final Role role;
    private final Limits limits;
    private final Sources sources;
    private final long startNanos;
    private @Nullable Long healthySinceNanos;
    private @Nullable Long lookedNanos;
    private long awakeNanos;

    /** An observer whose silences count from now. */
    public Observer(Role role, Limits limits, Sources sources) {
        this.role = role;
        this.limits = limits;
        this.sources = sources;
        this.startNanos = sources.nanoTime().getAsLong();
        this.awakeNanos = startNanos;
    }

    @Override
    public Facts get() {
        // The answers are read before the clock, so that no silence is negative.
        OptionalLong icmp = sources.icmp().nanos();
        OptionalLong sip = sources.sip().nanos();
        OptionalLong link = sources.link().nanos();
        OptionalLong witness = sources.witness();
        PeerWord word = sources.word().get();
        long now = sources.nanoTime().getAsLong();
        noticeStall(now);
        Duration linkSilence = since(link, now);
        return new Facts(
                role,
                atMost(sinceAwake(now), since(icmp, now)),
                atMost(sinceAwake(now), since(sip, now)),
                linkSilence,
                since(witness, now),
                icmp.isPresent() || sip.isPresent() || link.isPresent(),
                healthy(word, linkSilence, now),
                word,
                Duration.ofNanos(now - startNanos),
                sources.uptime().get(),
                sources.steps().get(),
                limits);
    }

    /**
     * Who was frozen, paused or starved has heard nobody, and the witness may be the first to be heard again. So the
     * peer's silence counts anew. Not that of the link: its last word must not look fresh.
     */
    private void noticeStall(long now) {
        if (lookedNanos != null && limits.witnessSilence().compareTo(Duration.ofNanos(now - lookedNanos)) <= 0) {
            awakeNanos = now;
        }
        lookedNanos = now;
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
