// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pbxha.agent.config.Settings;
import org.pbxha.ami.IcmpProbe;
import org.pbxha.ami.Probe;
import org.pbxha.ami.SipOptionsProbe;

/** The probes that look at the peer and at the witnesses. */
public final class Probes implements AutoCloseable {
    private final Probe icmp;
    private final Probe sip;
    private final List<Probe> witnesses;
    private final GatewayWitness gateway;

    /** Probes for these settings; none runs yet. Without a configured witness the default gateway is one. */
    public Probes(Settings settings) {
        var interval = settings.watch().interval();
        List<InetAddress> configured = settings.takeover().witness();
        InetAddress peer = settings.peerAddress();
        this.icmp = new IcmpProbe(peer, interval);
        this.sip = new SipOptionsProbe(
                new InetSocketAddress(peer, settings.asterisk().sipPort()), settings.nodeAddress(), interval);
        this.witnesses = configured.stream()
                .map(address -> (Probe) new IcmpProbe(address, interval))
                .toList();
        this.gateway = new GatewayWitness(interval, Set.of(peer, settings.nodeAddress()));
    }

    /** Starts all of them. */
    public void start() {
        all().forEach(Probe::start);
        if (witnesses.isEmpty()) {
            gateway.start();
        }
    }

    /** The peer's answers to ping. */
    public LastAnswer icmp() {
        return answers(icmp);
    }

    /** The peer's answers to SIP OPTIONS. */
    public LastAnswer sip() {
        return answers(sip);
    }

    /** The answers of each witness. */
    public List<LastAnswer> witnesses() {
        return witnesses.isEmpty()
                ? List.of(gateway)
                : witnesses.stream().map(Probes::answers).toList();
    }

    private static LastAnswer answers(Probe probe) {
        return () -> probe.reading().aliveAt();
    }

    private List<Probe> all() {
        List<Probe> all = new ArrayList<>(witnesses);
        all.add(icmp);
        all.add(sip);
        return all;
    }

    @Override
    public void close() {
        gateway.close();
        all().forEach(Probe::close);
    }
}
