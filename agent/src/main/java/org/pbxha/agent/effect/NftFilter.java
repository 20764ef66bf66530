// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pbxha.sync.process.Outcome;

/**
 * nftables: one table of ours, replaced or removed in one transaction. A kill at any moment leaves all of it or nothing.
 *
 * <p>UDP goes by our own port alone, so that this agent's SIP probe of its peer, which has another one, still sees the peer.
 * TCP that Asterisk began (a trunk) has our port on neither side: it goes by the other side's port as well.
 */
final class NftFilter implements PacketFilter {
    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/sbin/nft"), Path.of("/sbin/nft"));
    /** Adding what is there already is no error, so after it there is something to delete. */
    private static final String REMOVE = "add table inet pbx_ha\ndelete table inet pbx_ha\n";

    private static final int DROPS = 6;

    private final ShutterPorts ports;
    private final Predicate<Path> exists;

    NftFilter(ShutterPorts ports, Predicate<Path> exists) {
        this.ports = ports;
        this.exists = exists;
    }

    @Override
    public boolean installed() {
        return PROGRAMS.stream().anyMatch(exists);
    }

    @Override
    public void close(ShutterCalls calls) throws ShutterException, InterruptedException {
        calls.require(REMOVE + table(), program(), "-f", "-");
    }

    @Override
    public void open(ShutterCalls calls) throws ShutterException, InterruptedException {
        calls.require(REMOVE, program(), "-f", "-");
    }

    @Override
    public Trace look(ShutterCalls calls) throws ShutterException, InterruptedException {
        Outcome outcome = calls.run("", program(), "list", "table", "inet", "pbx_ha");
        if (!outcome.succeeded()) {
            if (outcome.errors().contains("No such file or directory")) {
                return Trace.NONE;
            }
            throw ShutterCalls.failed(program(), outcome);
        }
        long drops = outcome.output()
                .lines()
                .filter(line -> line.strip().endsWith(" drop"))
                .count();
        return drops == DROPS ? Trace.ALL : Trace.SOME;
    }

    private String table() {
        return """
                table inet pbx_ha {
                    chain input {
                        type filter hook input priority -10; policy accept;
                        iifname "lo" accept
                        udp dport %1$s drop
                        tcp dport %2$s drop
                        tcp sport %1$s drop
                    }
                    chain output {
                        type filter hook output priority -10; policy accept;
                        oifname "lo" accept
                        udp sport %1$s drop
                        tcp sport %2$s drop
                        tcp dport %1$s drop
                    }
                }
                """.formatted(set(ports.sip()), set(ports.tcp()));
    }

    private static String set(List<Integer> ports) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private Path program() {
        return PROGRAMS.stream().filter(exists).findFirst().orElse(PROGRAMS.get(0));
    }
}
