// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pbxha.agent.setup.Check;
import org.pbxha.agent.setup.Reach;
import org.pbxha.ami.IcmpProbe;
import org.pbxha.ami.Probe;
import org.pbxha.ami.ProbeReading;
import org.pbxha.ami.ProbeReading.Outcome;
import org.pbxha.ami.SipOptionsProbe;

/** Whether the other node answers in every way that a pair needs. */
final class ReachChecks {
    private static final int CONNECT_MILLIS = 3000;
    private static final Duration PACE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private ReachChecks() {}

    static List<Check> check(Reach reach) {
        List<Check> checks = new ArrayList<>();
        checks.add(subnet(reach));
        checks.add(probe(new IcmpProbe(reach.peer(), PACE), "let ICMP echo through between the nodes"));
        checks.add(tcp(reach, reach.linkPort(), "the peer link", !reach.linkListens()));
        if (reach.sshPort() != 0) {
            checks.add(tcp(reach, reach.sshPort(), "the SSH server", false));
        }
        if (reach.sipPort() != 0) {
            InetSocketAddress sip = new InetSocketAddress(reach.peer(), reach.sipPort());
            checks.add(probe(
                    new SipOptionsProbe(sip, reach.own(), PACE),
                    "see that Asterisk serves SIP by UDP on that port, and let it through between the nodes"));
        }
        return checks;
    }

    private static Check subnet(Reach reach) {
        String own = reach.own().getHostAddress();
        String peer = reach.peer().getHostAddress();
        try {
            NetworkInterface device = NetworkInterface.getByInetAddress(reach.own());
            if (device == null) {
                return Check.error(own + " is no address of this node", "see: ip address");
            }
            boolean same = device.getInterfaceAddresses().stream().anyMatch(found -> contains(found, reach));
            return same
                    ? Check.ok(own + " and " + peer + " are on one subnet")
                    : Check.warning(
                            own + " and " + peer + " are not on one subnet",
                            "phones must reach both nodes, and DHCP serves one subnet only");
        } catch (IOException e) {
            return Check.error("cannot look at the network interfaces: " + e.getMessage(), "see: ip address");
        }
    }

    private static boolean contains(InterfaceAddress found, Reach reach) {
        byte[] own = reach.own().getAddress();
        byte[] peer = reach.peer().getAddress();
        int hostBits = own.length * 8 - found.getNetworkPrefixLength();
        return found.getAddress().equals(reach.own())
                && own.length == peer.length
                && new BigInteger(1, own).shiftRight(hostBits).equals(new BigInteger(1, peer).shiftRight(hostBits));
    }

    private static Check tcp(Reach reach, int port, String what, boolean mayRefuse) {
        String where = what + " of " + reach.peer().getHostAddress() + " (tcp " + port + ")";
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(reach.own(), 0));
            socket.connect(new InetSocketAddress(reach.peer(), port), CONNECT_MILLIS);
            return Check.ok(where + " can be reached");
        } catch (ConnectException e) {
            return mayRefuse
                    ? Check.ok(where + ": nobody listens yet, and no firewall is in between")
                    : Check.error(where + " refuses", "see that it runs and listens on that address");
        } catch (IOException e) {
            return Check.error(
                    where + " cannot be reached: " + e.getMessage(),
                    "let tcp port " + port + " through between the nodes, both ways");
        }
    }

    /** A silent probe is no obstacle: the pair works with those that answer, and the administrator has been told. */
    private static Check probe(Probe probe, String next) {
        try (probe) {
            probe.start();
            ProbeReading reading = await(probe);
            return reading.outcome() == Outcome.ALIVE
                    ? Check.ok(probe.name() + " answers")
                    : Check.warning(probe.name() + ": " + reading.problem(), next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.error(probe.name() + ": interrupted", "try again");
        }
    }

    private static ProbeReading await(Probe probe) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (probe.reading().outcome() != Outcome.ALIVE && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return probe.reading();
    }
}
