// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.pbxha.ami.ProbeReading.Outcome;

/**
 * Pings one address: one ICMP echo each interval, through {@link InetAddress#isReachable(int)}.
 *
 * <p>Without the right to a raw socket that method does not ping: it tries TCP port 7 and takes "connection refused" for an
 * answer, which a host gives whose ICMP is filtered and a firewall may give for a dead host. The probe then asks nothing and
 * says {@link Outcome#UNABLE}. With the right it compares the address of each reply with its own target, so that many probes
 * in one process, which all use the same ICMP identifier, do not take each other's replies.
 */
public final class IcmpProbe implements Probe {
    /** isReachable sends a second echo after that time; ours is one echo per interval. */
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final InetAddress target;
    private final RawSocketRight right;
    private final ProbeLoop loop;
    private volatile ProbeReading reading = ProbeReading.PENDING;

    /** Pings {@code target} once per {@code interval}, which is also how long it waits for the reply (at most 1 s). */
    public IcmpProbe(InetAddress target, Duration interval) {
        this(target, interval, RawSocketRight.OF_THIS_PROCESS);
    }

    IcmpProbe(InetAddress target, Duration interval, RawSocketRight right) {
        this.target = target;
        this.right = right;
        this.loop = new ProbeLoop(name(), interval, this::attempt, fault -> fail(Outcome.UNABLE, fault.toString()));
    }

    @Override
    public String name() {
        return "icmp " + SipAddress.plain(target);
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public ProbeReading reading() {
        return reading;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void attempt(long deadline) {
        try {
            if (!right.isHeld()) {
                fail(Outcome.UNABLE, "ping needs the right CAP_NET_RAW, which this process does not have");
                return;
            }
            long sentAt = System.nanoTime();
            if (target.isReachable(millisUntil(deadline))) {
                long now = System.nanoTime();
                reading = reading.alive(now, Duration.ofNanos(now - sentAt), OptionalInt.empty());
            } else {
                fail(Outcome.SILENT, "no answer");
            }
        } catch (IOException e) {
            fail(Outcome.UNABLE, "cannot ping: " + e.getMessage());
        }
    }

    private static int millisUntil(long deadline) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        return (int) Math.max(1, Math.min(millis, LONGEST_WAIT_MILLIS));
    }

    private void fail(Outcome outcome, String what) {
        reading = reading.failed(outcome, name() + ": " + what);
    }
}
