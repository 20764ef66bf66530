// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pbxha.agent.core.Role;

/** Options that are fine each by itself and wrong together. */
final class Contradictions {
    private final OptionValues values;
    private final List<Problem> problems = new ArrayList<>();

    private Contradictions(OptionValues values) {
        this.values = values;
    }

    static List<Problem> find(OptionValues values) {
        Contradictions check = new Contradictions(values);
        check.pairIsComplete();
        check.pairIsTwoHosts();
        check.witnessStandsOutside();
        check.takeoverOutlastsAProbe();
        check.sipClosesBeforeTheTakeover();
        check.frozenWaitsLonger();
        check.requiredFencingIsPossible();
        check.masterOpensFirst();
        check.portsDiffer();
        check.directoriesAreApart();
        check.categoriesHaveOneFate();
        check.eventsGoElsewhere();
        return check.problems;
    }

    private void categoriesHaveOneFate() {
        Set<String> seen = new HashSet<>();
        for (CategoryFate fate : values.find(Options.REPLICATION_CATEGORIES).orElse(List.of())) {
            if (!seen.add(fate.category())) {
                add(Options.REPLICATION_CATEGORIES, fate.category() + " is both replicated and left alone", "");
            }
        }
    }

    private void pairIsComplete() {
        if (values.find(Options.ROLE).map(role -> role == Role.DISABLED).orElse(true)) {
            return;
        }
        for (Option<?> option : List.of(Options.NODE_ADDRESS, Options.PEER_ADDRESS)) {
            if (!values.isGiven(option) && !values.isUnusable(option)) {
                add(option, "is missing", "a master or slave needs the addresses of both nodes");
            }
        }
    }

    private void pairIsTwoHosts() {
        Optional<InetAddress> node = values.find(Options.NODE_ADDRESS);
        Optional<InetAddress> peer = values.find(Options.PEER_ADDRESS);
        if (node.isEmpty() || peer.isEmpty()) {
            return;
        }
        if (node.get().equals(peer.get())) {
            add(Options.PEER_ADDRESS, "is the same as node.address", "give the address of the other node");
        } else if (node.get().getClass() != peer.get().getClass()) {
            add(
                    Options.PEER_ADDRESS,
                    "is not of the same family as node.address",
                    "use IPv4 for both or IPv6 for both");
        } else if (node.get().isLoopbackAddress() != peer.get().isLoopbackAddress()) {
            // A loopback peer always answers: the slave would never take over.
            Option<?> wrong = peer.get().isLoopbackAddress() ? Options.PEER_ADDRESS : Options.NODE_ADDRESS;
            add(wrong, "is a loopback address, the other one is not", "give the address that the phones use");
        }
    }

    private void witnessStandsOutside() {
        List<InetAddress> witnesses = values.find(Options.TAKEOVER_WITNESS).orElse(List.of());
        for (Option<InetAddress> member : List.of(Options.NODE_ADDRESS, Options.PEER_ADDRESS)) {
            Optional<InetAddress> address = values.find(member);
            if (address.isPresent() && witnesses.contains(address.get())) {
                add(
                        Options.TAKEOVER_WITNESS,
                        address.get().getHostAddress() + " is " + member.key() + ", a witness stands outside the pair",
                        "use a gateway or another server of the same network");
            }
        }
    }

    private void takeoverOutlastsAProbe() {
        Optional<Duration> interval = values.find(Options.WATCH_INTERVAL);
        Optional<Duration> after = values.find(Options.TAKEOVER_AFTER);
        if (interval.isPresent()
                && after.isPresent()
                && after.get().compareTo(interval.get().multipliedBy(3)) < 0) {
            Option<?> changed =
                    values.isGiven(Options.TAKEOVER_AFTER) ? Options.TAKEOVER_AFTER : Options.WATCH_INTERVAL;
            add(
                    changed,
                    "takeover.after (" + DurationText.print(after.get()) + ") is less than three times watch.interval ("
                            + DurationText.print(interval.get()) + "): one lost packet would move the service",
                    "at least " + DurationText.print(interval.get().multipliedBy(3)) + " for takeover.after");
        }
    }

    private void sipClosesBeforeTheTakeover() {
        Optional<Duration> closed = values.find(Options.ISOLATION_AFTER);
        Optional<Duration> taken = values.find(Options.TAKEOVER_AFTER);
        if (closed.isPresent() && taken.isPresent() && closed.get().compareTo(taken.get()) >= 0) {
            add(
                    Options.ISOLATION_AFTER,
                    "isolation.after (" + DurationText.print(closed.get()) + ") is not shorter than takeover.after ("
                            + DurationText.print(taken.get()) + "): both nodes would serve at once",
                    "half of takeover.after, or leave it out");
        }
    }

    private void frozenWaitsLonger() {
        Optional<Duration> frozen = values.find(Options.TAKEOVER_UNFENCED_AFTER);
        Optional<Duration> silent = values.find(Options.TAKEOVER_AFTER);
        if (frozen.isPresent() && silent.isPresent() && frozen.get().compareTo(silent.get()) < 0) {
            add(
                    values.isGiven(Options.TAKEOVER_UNFENCED_AFTER)
                            ? Options.TAKEOVER_UNFENCED_AFTER
                            : Options.TAKEOVER_AFTER,
                    "takeover.unfenced-after (" + DurationText.print(frozen.get())
                            + ") is shorter than takeover.after (" + DurationText.print(silent.get()) + ")",
                    "at least " + DurationText.print(silent.get()) + " for takeover.unfenced-after");
        }
    }

    private void requiredFencingIsPossible() {
        boolean required = values.find(Options.FENCING_REQUIRED).orElse(false);
        boolean none = values.find(Options.FENCING_METHODS).map(List::isEmpty).orElse(false);
        if (required && none) {
            add(
                    Options.FENCING_REQUIRED,
                    "fencing.required is true and fencing.methods is empty: no takeover could ever happen",
                    "name a method, or leave fencing.required out");
        }
    }

    private void masterOpensFirst() {
        Optional<Duration> master = values.find(Options.BOOT_MASTER_WAIT);
        Optional<Duration> slave = values.find(Options.BOOT_SLAVE_WAIT);
        Optional<Duration> after = values.find(Options.TAKEOVER_AFTER);
        if (master.isEmpty() || slave.isEmpty() || after.isEmpty()) {
            return;
        }
        Duration least = master.get().plus(after.get());
        if (slave.get().compareTo(least) <= 0) {
            add(
                    values.isGiven(Options.BOOT_SLAVE_WAIT) ? Options.BOOT_SLAVE_WAIT : Options.BOOT_MASTER_WAIT,
                    "boot.slave-wait (" + DurationText.print(slave.get())
                            + ") is not longer than boot.master-wait and takeover.after together ("
                            + DurationText.print(least) + "): after a power cut of both, both would open",
                    "make boot.slave-wait longer");
        }
    }

    private void portsDiffer() {
        Optional<Integer> link = values.find(Options.LINK_PORT);
        for (Option<Integer> other : List.of(
                Options.SSH_PORT, Options.ASTERISK_AMI_PORT, Options.ASTERISK_SIP_PORT, Options.DATABASE_PORT)) {
            if (link.isPresent() && values.find(other).equals(link)) {
                add(
                        values.isGiven(Options.LINK_PORT) ? Options.LINK_PORT : other,
                        "link.port and " + other.key() + " are both " + link.get(),
                        "give the peer link a port of its own");
            }
        }
    }

    private void directoriesAreApart() {
        List<Path> directories = values.find(Options.SYNC_EXTRA_DIRECTORIES).orElse(List.of());
        for (Path inner : directories) {
            for (Path outer : directories) {
                if (!inner.equals(outer) && inner.startsWith(outer)) {
                    add(Options.SYNC_EXTRA_DIRECTORIES, inner + " is inside " + outer, "list the outer one only");
                }
            }
        }
    }

    private void eventsGoElsewhere() {
        Optional<EventsTarget> target =
                values.find(Options.EVENTS_TARGET).filter(given -> given.url().isPresent());
        if (target.isEmpty()) {
            return;
        }
        if (values.find(Options.EVENTS_TABLES).map(List::isEmpty).orElse(false)) {
            add(
                    Options.EVENTS_TABLES,
                    "events.tables is empty and events.target is given: nothing would be shipped",
                    "leave one of them out");
        }
        Optional<Integer> port = values.find(Options.DATABASE_PORT);
        Optional<String> name = values.find(Options.DATABASE_NAME);
        if (port.isPresent() && name.isPresent() && target.get().isHere(port.get(), name.get())) {
            add(Options.EVENTS_TARGET, "is this node's own database", "name another database");
        }
    }

    private void add(Option<?> option, String reason, String suggestion) {
        problems.add(new Problem(values.line(option), option.key(), "", reason, suggestion));
    }
}
