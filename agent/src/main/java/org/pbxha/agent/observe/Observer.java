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

/** Reads all sources at once; remembers only for how long the peer has been healthy. One thread calls it. */
public final class Observer implements Supplier<Facts> {
    private final Role role;
    private final Limits limits;
    private final Sources sources;
    private final long startNanos;
    private @Nullable Long healthySinceNanos;

    /** An observer whose silences count from now. */
    public Observer(Role role, Limits limits, Sources sources) {
        this.role = role;
        this.limits = limits;
        this.sources = sources;
        this.startNanos = sources.nanoTime().getAsLong();
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
        Duration linkSilence = since(link, now);
        return new Facts(
                role,
                since(icmp, now),
                since(sip, now),
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
