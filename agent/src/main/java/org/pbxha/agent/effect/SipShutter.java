// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.pbxha.agent.effect.PacketFilter.Trace;

/**
 * Closes and opens this node's SIP in the kernel's firewall. Closed, nobody outside hears this node's SIP and it hears nobody,
 * the peer's probe included: phones, trunks and peer see silence, as from a dead node. The voice of calls in progress goes
 * on, and so does SIP on loopback, by which the agent watches its own Asterisk.
 *
 * <p>nft is preferred to iptables. Every method looks at the programs anew, may be repeated, and is bounded.
 * One thread at a time.
 */
public final class SipShutter {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration CHANGE = Duration.ofSeconds(4);
    private static final String MISSING = "neither nft nor iptables is installed: this node's SIP cannot be shut";
    private static final String INSTALL = "install one of them: apt install nftables";

    private final List<PacketFilter> filters;
    private final ProgramRunner programs;
    private final Pace pace;
    /** Of those that are not preferred, the ones seen to hold nothing of ours: nobody puts anything in any more. */
    private final Set<PacketFilter> clean = new HashSet<>();

    /**
     * A shutter for this machine.
     *
     * @param sipPort on which Asterisk listens for SIP by UDP and TCP; 5061 (TLS), 8088 and 8089 (WebSocket) go with it
     */
    public SipShutter(ProgramRunner programs, int sipPort) {
        this(programs, sipPort, Files::exists, Pace.REAL);
    }

    SipShutter(ProgramRunner programs, int sipPort, Predicate<Path> exists, Pace pace) {
        ShutterPorts ports = ShutterPorts.of(sipPort);
        this.filters = List.of(new NftFilter(ports, exists), new IptablesFilter(ports, exists));
        this.programs = programs;
        this.pace = pace;
    }

    /**
     * Closes; done when it returns.
     *
     * @throws ShutterException when SIP may still be open
     * @throws InterruptedException when the thread was interrupted: look, or close again
     */
    public void close() throws ShutterException, InterruptedException {
        PacketFilter preferred =
                installed().stream().findFirst().orElseThrow(() -> new ShutterException(MISSING, INSTALL));
        clean.remove(preferred);
        preferred.close(calls(CHANGE));
    }

    /**
     * Opens: removes every trace of ours, also one made when this machine had other programs.
     *
     * @throws ShutterException when SIP may still be closed
     * @throws InterruptedException when the thread was interrupted: look, or open again
     */
    public void open() throws ShutterException, InterruptedException {
        ShutterCalls calls = calls(CHANGE);
        for (PacketFilter filter : installed()) {
            filter.open(calls);
        }
    }

    /**
     * Looks at the kernel, for at most a second.
     *
     * @return whether all SIP is dropped
     * @throws ShutterException when that cannot be known
     * @throws InterruptedException when the thread was interrupted
     */
    public boolean closed() throws ShutterException, InterruptedException {
        return look() == Trace.ALL;
    }

    /** As {@link #closed}, but tells half a shutter from none. Without any program there is nothing of ours. */
    Trace look() throws ShutterException, InterruptedException {
        ShutterCalls calls = calls(LOOK);
        Trace most = Trace.NONE;
        List<PacketFilter> installed = installed();
        for (PacketFilter filter : installed) {
            boolean preferred = filter.equals(installed.get(0));
            if (!preferred && clean.contains(filter)) {
                continue;
            }
            Trace trace = filter.look(calls);
            if (trace == Trace.NONE && !preferred) {
                clean.add(filter);
            }
            most = trace.compareTo(most) > 0 ? trace : most;
        }
        return most;
    }

    private List<PacketFilter> installed() {
        return filters.stream().filter(PacketFilter::installed).toList();
    }

    private ShutterCalls calls(Duration limit) {
        return new ShutterCalls(programs, pace, limit);
    }
}
