// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The network faults of a node, in chains of their own in front of all others: the product has packet
 * filter rules too, and taking faults away must not touch them.
 */
final class Firewall {
    private final Machine machine;

    Firewall(Machine machine) {
        this.machine = machine;
    }

    void drop(Traffic traffic) {
        hook("LAB-IN", "INPUT");
        hook("LAB-OUT", "OUTPUT");
        List<String> rule = new ArrayList<>(List.of("-A", traffic.chain()));
        rule.addAll(traffic.match());
        rule.addAll(List.of("-j", "DROP"));
        iptables(rule).orFail();
    }

    void lose(double probability) {
        String[] random = {
            "-m", "statistic", "--mode", "random", "--probability", String.format(Locale.ROOT, "%.3f", probability)
        };
        drop(Traffic.in().and(random));
        drop(Traffic.out().and(random));
    }

    /** Takes all faults away; also when there never were any. */
    void open() {
        iptables(List.of("-F", "LAB-IN"));
        iptables(List.of("-F", "LAB-OUT"));
    }

    private void hook(String chain, String from) {
        if (iptables(List.of("-N", chain)).ok()) {
            iptables(List.of("-I", from, "1", "-j", chain)).orFail();
        }
    }

    private Result iptables(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("iptables", "--wait"));
        command.addAll(arguments);
        return machine.exec(command.toArray(String[]::new));
    }
}
