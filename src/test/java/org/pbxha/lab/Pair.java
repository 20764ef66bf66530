// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startables;

/**
 * Two PBXs on a network of their own, a machine full of phones, and the engine's end of the network as
 * witness. Nothing of the product is installed.
 */
public final class Pair implements AutoCloseable {
    /** Whether pairs go on running after the program has ended; the next start of a pair removes them. */
    public static final boolean KEPT = Boolean.getBoolean("lab.keep");

    static final int WITNESS = 1;
    static final int MASTER = 11;
    static final int SLAVE = 12;
    static final int PHONES = 20;
    static final int PROVIDER = 30;

    private final LabNetwork network;
    private final Node master;
    private final Node slave;
    private final Machine phones;
    private final List<Pattern> expected = new ArrayList<>();

    private Pair(LabNetwork network, Node master, Node slave, Machine phones) {
        this.network = network;
        this.master = master;
        this.slave = slave;
        this.phones = phones;
    }

    /** Boots a pair and waits until both serve. */
    public static Pair start(Suite suite) {
        return start(suite, false);
    }

    /** Boots a pair on which the high availability that XiVO comes with is switched on: setup must retire it. */
    public static Pair startWithXivoHa(Suite suite) {
        return start(suite, true);
    }

    private static Pair start(Suite suite, boolean xivoHa) {
        Containers.removeOrphans(Engine.docker());
        LabNetwork network = LabNetwork.create();
        GenericContainer<?> master = Containers.node(suite, network, "master", MASTER);
        GenericContainer<?> slave = Containers.node(suite, network, "slave", SLAVE);
        GenericContainer<?> phones = Containers.bench(suite, network, "phones", PHONES);
        Startables.deepStart(master, slave, phones).join();
        Pair pair = new Pair(
                network,
                new Node(master, "master", network.address(MASTER)),
                new Node(slave, "slave", network.address(SLAVE)),
                new Machine(phones, "phones", network.address(PHONES)));
        try {
            pair.firstBoot(xivoHa);
            return pair;
        } catch (RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    private void firstBoot(boolean xivoHa) {
        phones.run("ip", "address", "add", network.address(PROVIDER) + "/24", "dev", "eth0");
        phones.copy(Engine.DIRECTORY.resolveSibling("resources").resolve("sipp"), "/root/sipp");
        for (Node node : nodes()) {
            node.awaitBooted();
            String peer = xivoHa ? peerOf(node).address() : "";
            node.run("/usr/lib/pbx-ha-lab/first-boot", node.name(), peer);
        }
    }

    /** The node that is the master of the pair. */
    public Node master() {
        return master;
    }

    /** The node that is the slave of the pair. */
    public Node slave() {
        return slave;
    }

    /** Master, then slave. */
    public List<Node> nodes() {
        return List.of(master, slave);
    }

    /** The other one of the two. */
    public Node peerOf(Node node) {
        return node == master ? slave : master;
    }

    /** The address outside the pair that answers ping: the network's router. */
    public String witness() {
        return network.address(WITNESS);
    }

    /** The machine on which the phones run. */
    public Machine phones() {
        return phones;
    }

    /** A phone with the master as main server and the slave as backup; extensions are 100 to 103. */
    public Phone phone(String extension) {
        return new Phone(phones, extension, master, slave);
    }

    /** Undoes every fault on both nodes. */
    public void heal() {
        nodes().forEach(Node::heal);
    }

    /** Announces that an agent will log an error with such a text in this test; any other error fails it. */
    public void expectError(String regex) {
        expected.add(Pattern.compile(regex));
    }

    boolean expects(String line) {
        return expected.stream().anyMatch(pattern -> pattern.matcher(line).find());
    }

    void expectNothing() {
        expected.clear();
    }

    /** Leaves logs, state and thread dumps of both nodes in a directory. */
    public void leaveEvidence(Path directory) {
        new Evidence(directory).collect(this);
    }

    /** Removes it all, unless it was started to be {@link #KEPT}. */
    @Override
    public void close() {
        if (KEPT) {
            return;
        }
        phones.remove();
        nodes().forEach(Machine::remove);
        network.close();
    }
}
