// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.pbxha.sync.process.Outcome;

/**
 * iptables and, where this machine speaks IPv6, ip6tables: a chain of ours for each direction and one jump to it. Each of the
 * two families changes in one transaction; a kill between them shows as {@link Trace#SOME}. What is dropped is what
 * {@link NftFilter} drops.
 */
final class IptablesFilter implements PacketFilter {
    private static final Path IPV6 = Path.of("/proc/net/if_inet6");
    private static final List<Path> DIRECTORIES = List.of(Path.of("/usr/sbin"), Path.of("/sbin"));
    private static final String IN = "PBX_HA_IN";
    private static final String OUT = "PBX_HA_OUT";
    /** For iptables' lock, which other programs hold for moments only. */
    private static final String PATIENCE = "--wait=1";

    private final ShutterPorts ports;
    private final Predicate<Path> exists;

    IptablesFilter(ShutterPorts ports, Predicate<Path> exists) {
        this.ports = ports;
        this.exists = exists;
    }

    @Override
    public boolean installed() {
        return DIRECTORIES.stream()
                .map(directory -> directory.resolve("iptables"))
                .anyMatch(exists);
    }

    @Override
    public void close(ShutterCalls calls) throws ShutterException, InterruptedException {
        for (String family : families()) {
            // Ours at the top, in front of whatever accepts; a second time if somebody moved it down.
            replace(calls, family, rules());
        }
    }

    @Override
    public void open(ShutterCalls calls) throws ShutterException, InterruptedException {
        for (String family : families()) {
            if (trace(lines(calls, family)) != Trace.NONE) {
                replace(calls, family, List.of("-X " + IN, "-X " + OUT));
            }
        }
    }

    @Override
    public Trace look(ShutterCalls calls) throws ShutterException, InterruptedException {
        List<Trace> traces = new ArrayList<>();
        for (String family : families()) {
            traces.add(trace(lines(calls, family)));
        }
        return traces.stream().distinct().count() == 1 ? traces.get(0) : Trace.SOME;
    }

    private Trace trace(List<String> lines) {
        long ours = lines.stream()
                .filter(line -> line.contains(" " + IN) || line.contains(" " + OUT))
                .count();
        if (ours == 0) {
            return Trace.NONE;
        }
        List<String> wanted = new ArrayList<>(List.of("-N " + IN, "-N " + OUT));
        wanted.addAll(rules());
        // -S shows what was inserted as if it had been appended.
        wanted.replaceAll(line -> line.replace("-I INPUT 1", "-A INPUT").replace("-I OUTPUT 1", "-A OUTPUT"));
        return lines.containsAll(wanted) && ours == wanted.size() ? Trace.ALL : Trace.SOME;
    }

    /** Makes our chains anew and empty, takes out every jump to them, then does the rest: one transaction. */
    private void replace(ShutterCalls calls, String family, List<String> rest)
            throws ShutterException, InterruptedException {
        List<String> script = new ArrayList<>(List.of("*filter", ":" + IN + " - [0:0]", ":" + OUT + " - [0:0]"));
        lines(calls, family).stream()
                .filter(line -> isJump(line, "INPUT", IN) || isJump(line, "OUTPUT", OUT))
                .forEach(line -> script.add("-D" + line.substring(2)));
        script.addAll(rest);
        script.add("COMMIT\n");
        calls.require(String.join("\n", script), program(family + "-restore"), "--noflush", PATIENCE);
    }

    private static boolean isJump(String line, String from, String chain) {
        return line.startsWith("-A " + from + " ") && line.endsWith("-j " + chain);
    }

    private List<String> lines(ShutterCalls calls, String family) throws ShutterException, InterruptedException {
        Outcome outcome = calls.run("", program(family), PATIENCE, "-S");
        if (outcome.errors().contains("Table does not exist")) {
            // A kernel for nftables alone; nothing of ours can be in it.
            return List.of();
        }
        if (!outcome.succeeded()) {
            throw ShutterCalls.failed(program(family), outcome);
        }
        return outcome.output().lines().toList();
    }

    /** One port a rule, written as -S shows it: this needs no kernel module but those that everybody has. */
    private List<String> rules() {
        List<String> rules =
                new ArrayList<>(List.of("-A " + IN + " -i lo -j RETURN", "-A " + OUT + " -o lo -j RETURN"));
        for (int port : ports.sip()) {
            rules.add(drop(IN, "udp", "dport", port));
            rules.add(drop(OUT, "udp", "sport", port));
            rules.add(drop(IN, "tcp", "sport", port));
            rules.add(drop(OUT, "tcp", "dport", port));
        }
        for (int port : ports.tcp()) {
            rules.add(drop(IN, "tcp", "dport", port));
            rules.add(drop(OUT, "tcp", "sport", port));
        }
        rules.add("-I INPUT 1 -j " + IN);
        rules.add("-I OUTPUT 1 -j " + OUT);
        return rules;
    }

    private static String drop(String chain, String protocol, String side, int port) {
        return "-A " + chain + " -p " + protocol + " -m " + protocol + " --" + side + " " + port + " -j DROP";
    }

    /** A kernel without IPv6 has no table for it either. */
    private List<String> families() {
        return exists.test(IPV6) ? List.of("iptables", "ip6tables") : List.of("iptables");
    }

    private Path program(String name) {
        List<Path> places =
                DIRECTORIES.stream().map(directory -> directory.resolve(name)).toList();
        return places.stream().filter(exists).findFirst().orElse(places.get(0));
    }
}
