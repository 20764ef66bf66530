// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pbxha.ami.ProbeReading.Outcome;

/**
 * Sees an Asterisk as a phone does: one SIP OPTIONS over UDP each interval, no retransmission, no dialog. Any final answer is
 * a sign of life, whatever its code, except 503: Asterisk sends that while it shuts down.
 *
 * <p>An answer counts only when its branch, Call-ID and CSeq are those of one of the last requests; a late one still counts.
 * While the network or the local address is missing the reading is {@link Outcome#UNABLE}, and each interval tries again.
 */
public final class SipOptionsProbe implements Probe {
    private static final int LARGEST_DATAGRAM = 65_535;
    /** Requests that may still be answered: at the usual pace of 500 ms those of the last 4 s. */
    private static final int OUTSTANDING = 8;

    private static final int SERVICE_UNAVAILABLE = 503;

    private final InetSocketAddress target;
    private final UdpSocket socket;
    private final ProbeLoop loop;
    private final SecureRandom random = new SecureRandom();
    private final byte[] buffer = new byte[LARGEST_DATAGRAM];
    private final Deque<Sent> outstanding = new ArrayDeque<>();
    private long sequence;
    private volatile ProbeReading reading = ProbeReading.PENDING;

    private record Sent(SipRequest request, long at) {}

    /**
     * Probes {@code target}, an address of Asterisk itself: an answer from any other address is dropped.
     *
     * @param source the local address that Asterisk knows us by ({@link SipProbeEndpoint}), null for the kernel's choice
     * @param interval from one request to the next
     */
    public SipOptionsProbe(InetSocketAddress target, @Nullable InetAddress source, Duration interval) {
        if (target.isUnresolved()) {
            throw new IllegalArgumentException("the address of " + target.getHostString() + " is not known");
        }
        this.target = target;
        this.socket = new UdpSocket(target, source);
        this.loop = new ProbeLoop(name(), interval, this::attempt, fault -> fail(Outcome.UNABLE, fault.toString()));
    }

    @Override
    public String name() {
        return "sip " + SipAddress.hostPort(target.getAddress(), target.getPort());
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
        socket.close();
    }

    private void attempt(long deadline) {
        try {
            send();
            listen(deadline);
        } catch (PortUnreachableException e) {
            fail(Outcome.CLOSED, "nothing listens there");
        } catch (IOException e) {
            socket.drop();
            fail(Outcome.UNABLE, "cannot ask: " + e.getMessage());
        }
    }

    private void send() throws IOException {
        SipRequest request = SipRequest.next(++sequence, random);
        byte[] datagram = request.encode(socket.local(), target);
        if (outstanding.size() == OUTSTANDING) {
            outstanding.removeFirst();
        }
        outstanding.addLast(new Sent(request, System.nanoTime()));
        socket.send(datagram);
    }

    private void listen(long deadline) throws IOException {
        boolean heard = false;
        while (true) {
            try {
                int length = socket.receive(buffer, deadline);
                if (length < 0) {
                    break;
                }
                heard |= accept(SipResponse.parse(buffer, length));
            } catch (PortUnreachableException e) {
                // Asterisk may be back before the next request: keep listening.
                heard = true;
                fail(Outcome.CLOSED, "nothing listens there");
            }
        }
        if (!heard) {
            fail(Outcome.SILENT, "no answer");
        }
    }

    /** Whether that was the final answer to a request of ours. */
    private boolean accept(Optional<SipResponse> parsed) {
        SipResponse response = parsed.filter(SipResponse::isFinal).orElse(null);
        Sent sent = response == null ? null : takeRequestOf(response);
        if (response == null || sent == null) {
            return false;
        }
        if (response.status() == SERVICE_UNAVAILABLE) {
            reading = reading.refusing(response.status(), target + " takes no calls: SIP " + response.status());
        } else {
            long now = System.nanoTime();
            reading = reading.alive(now, Duration.ofNanos(now - sent.at()), OptionalInt.of(response.status()));
        }
        return true;
    }

    private @Nullable Sent takeRequestOf(SipResponse response) {
        for (Sent sent : outstanding) {
            if (sent.request().isAnsweredBy(response)) {
                outstanding.remove(sent);
                return sent;
            }
        }
        return null;
    }

    private void fail(Outcome outcome, String what) {
        reading = reading.failed(outcome, name() + ": " + what);
    }
}
