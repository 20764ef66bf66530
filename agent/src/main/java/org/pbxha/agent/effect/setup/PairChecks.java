// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.setup.Check;
import org.pbxha.agent.setup.NodeFacts;

/** Whether two nodes can be a pair. */
final class PairChecks {
    private static final Duration KNOWN_CLOCK_DIFFERENCE = Duration.ofSeconds(2);
    private static final Duration MOST_CLOCK_DIFFERENCE = Duration.ofSeconds(60);

    private PairChecks() {}

    static List<Check> compare(NodeFacts own, NodeFacts peer) {
        if (own.bootId().equals(peer.bootId())) {
            return List.of(Check.error("the peer is this machine itself", "give the address of the other node"));
        }
        List<Check> checks = new ArrayList<>();
        checks.add(roles(own, peer));
        checks.add(versions(own, peer));
        checks.add(profiles(own, peer));
        checks.add(clocks(own.clock(), peer.clock()));
        checks.addAll(databases(own, peer));
        checks.add(asterisks(own, peer));
        NodeFacts slave = own.role() == Role.SLAVE ? own : peer;
        if (!slave.provisioningPlugins().isEmpty()) {
            checks.add(Check.error(
                    "the slave has provisioning plugins: " + String.join(" ", slave.provisioningPlugins()),
                    "phones are provisioned by the master only; uninstall them on the slave"));
        }
        return checks;
    }

    private static Check roles(NodeFacts own, NodeFacts peer) {
        return own.role() != null && peer.role() != null && own.role() != peer.role()
                ? Check.ok("one master, one slave")
                : Check.error(
                        "both nodes are set up as " + own.role(),
                        "run 'pbx-ha setup slave' on one, 'master' on the other");
    }

    private static Check versions(NodeFacts own, NodeFacts peer) {
        return own.version().equals(peer.version())
                ? Check.ok("pbx-ha " + own.version() + " on both nodes")
                : Check.warning(
                        "pbx-ha " + own.version() + " here, " + peer.version() + " on the other node",
                        "the nodes watch each other, but nothing is replicated until the versions are equal");
    }

    private static Check profiles(NodeFacts own, NodeFacts peer) {
        return own.profile().equals(peer.profile())
                ? Check.ok("profile " + own.profile() + " on both nodes")
                : Check.error(
                        "profile " + own.profile() + " here, " + peer.profile() + " on the other node",
                        "set up both nodes with the same profile");
    }

    private static Check clocks(@Nullable Instant own, @Nullable Instant peer) {
        if (own == null || peer == null) {
            return Check.warning("the other node does not say what time it has", "check its clock: timedatectl");
        }
        Duration difference = Duration.between(own, peer).abs();
        String seconds = difference.toMillis() / 1000.0 + " s";
        String next = "synchronise both with NTP: timedatectl set-ntp true";
        if (difference.compareTo(MOST_CLOCK_DIFFERENCE) > 0) {
            return Check.error("the clocks differ by " + seconds, next);
        }
        return difference.compareTo(KNOWN_CLOCK_DIFFERENCE) > 0
                ? Check.warning("the clocks differ by " + seconds, next)
                : Check.ok("the clocks agree");
    }

    private static List<Check> databases(NodeFacts own, NodeFacts peer) {
        if (own.databaseVersion().isEmpty() && peer.databaseVersion().isEmpty()) {
            return List.of();
        }
        Check encoding = own.databaseEncoding().equals(peer.databaseEncoding())
                ? Check.ok("databases in " + own.databaseEncoding() + " on both nodes")
                : Check.error(
                        "the database is in " + own.databaseEncoding() + " here, in " + peer.databaseEncoding()
                                + " on the other node",
                        "both must be UTF8");
        Check version = major(own.databaseVersion()).equals(major(peer.databaseVersion()))
                ? Check.ok("PostgreSQL " + major(own.databaseVersion()) + " on both nodes")
                : Check.warning(
                        "PostgreSQL " + own.databaseVersion() + " here, " + peer.databaseVersion() + " there",
                        "it works as long as the tables are the same; upgrade the older one");
        return List.of(encoding, version);
    }

    private static Check asterisks(NodeFacts own, NodeFacts peer) {
        return major(own.asteriskVersion()).equals(major(peer.asteriskVersion()))
                ? Check.ok("Asterisk " + major(own.asteriskVersion()) + " on both nodes")
                : Check.warning(
                        "Asterisk " + own.asteriskVersion() + " here, " + peer.asteriskVersion() + " there",
                        "dialplan and configuration may not mean the same on both; upgrade the older one");
    }

    /** PostgreSQL before 10 counted its major versions with two numbers. */
    private static String major(String version) {
        int dot = version.indexOf('.');
        String first = dot < 0 ? version : version.substring(0, dot);
        return first.equals("9") || first.equals("8") ? version.replaceFirst("^(\\d+\\.\\d+).*", "$1") : first;
    }
}
