// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pbxha.ami.IcmpProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The default gateway as witness. It is looked up again and again: at boot it may come late, and it may change. */
final class GatewayWitness implements LastAnswer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayWitness.class);
    private static final int LOOKUP_SECONDS = 2;

    private final Duration interval;
    private final Set<InetAddress> pair;
    private final ScheduledExecutorService lookup =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "gateway"));
    private Optional<InetAddress> known = Optional.empty();
    private boolean said;
    private String complaint = "";
    private volatile @Nullable IcmpProbe probe;

    /**
     * A witness that is pinged once per interval.
     *
     * @param pair the addresses of both nodes: a gateway that is one of them dies with it and witnesses nothing
     */
    GatewayWitness(Duration interval, Set<InetAddress> pair) {
        this.interval = interval;
        this.pair = pair;
    }

    void start() {
        var unused = lookup.scheduleWithFixedDelay(this::look, 0, LOOKUP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public OptionalLong nanos() {
        IcmpProbe current = probe;
        return current == null ? OptionalLong.empty() : current.reading().aliveAt();
    }

    private void look() {
        try {
            follow(DefaultGateway.find().filter(gateway -> !pair.contains(gateway)));
            complaint = "";
        } catch (IOException | RuntimeException e) {
            // Once per change, not every two seconds.
            if (!complaint.equals(e.toString())) {
                complaint = e.toString();
                LOG.warn(
                        "the default gateway cannot be looked up; the one known before stays the witness: {}. Name a witness: takeover.witness",
                        complaint);
            }
        }
    }

    private void follow(Optional<InetAddress> found) {
        if (found.isEmpty() && !said) {
            LOG.warn(
                    "there is no witness: takeover.witness is empty and this node has no default gateway outside the pair; without one"
                            + " it cannot tell a dead peer from its own isolation, and never takes over by itself");
            said = true;
        }
        if (found.isEmpty() || found.equals(known)) {
            return;
        }
        LOG.info("the default gateway {} is the witness", found.get().getHostAddress());
        IcmpProbe before = probe;
        IcmpProbe next = new IcmpProbe(found.get(), interval);
        next.start();
        probe = next;
        known = found;
        said = false;
        if (before != null) {
            before.close();
        }
    }

    @Override
    public void close() {
        lookup.shutdownNow();
        IcmpProbe last = probe;
        if (last != null) {
            last.close();
        }
    }
}
