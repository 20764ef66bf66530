// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.link.Certificates;
import org.pbxha.agent.link.PinnedPeer;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.setup.Check;
import org.pbxha.agent.setup.NodeFacts;
import org.pbxha.agent.setup.NodeMachinery;
import org.pbxha.agent.setup.PairedNode;
import org.pbxha.agent.setup.Plan;
import org.pbxha.agent.setup.Reach;
import org.pbxha.agent.setup.SetupException;
import org.pbxha.agent.setup.UndoRecord;
import org.pbxha.sync.ssh.SshException;
import org.pbxha.sync.ssh.SshProof;
import org.pbxha.sync.ssh.SshTarget;

/** Setup on a real node: its files, its systemd, its Asterisk and its PostgreSQL. */
public final class NodeSetup implements NodeMachinery {
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(15);

    private final Places places;
    private final NodePlans plans;
    private final LocalChecks localChecks;
    private final FactsReader facts;
    private final UndoRecord record;

    NodeSetup(Places places, Programs programs, SipTimes times, ServeAgain serveAgain) {
        this.places = places;
        this.plans = new NodePlans(places, programs, times);
        this.localChecks = new LocalChecks(places, programs);
        this.facts = new FactsReader(places, programs);
        this.record = new UndoRecord(
                places.undoRecord(),
                Undos.all(places, programs, times, (profile, memory) -> serveAgain.start(profile)));
    }

    /** Setup of this machine. */
    public static NodeSetup ofThisMachine() {
        return new NodeSetup(
                Places.INSTALLED,
                new Programs(ProgramRunner.REAL, Files::isExecutable),
                SipTimes.REAL,
                new ProfileServices(Places.INSTALLED.node()));
    }

    @Override
    public List<Check> checkLocal(Role role, Profile profile) {
        return localChecks.check(role, profile);
    }

    @Override
    public NodeFacts facts(Role role, Profile profile) throws IOException {
        return facts.read(role, profile);
    }

    @Override
    public List<Check> checkReachable(Reach reach) {
        return ReachChecks.check(reach);
    }

    @Override
    public List<Check> comparePeers(NodeFacts own, NodeFacts peer) {
        return PairChecks.compare(own, peer);
    }

    @Override
    public List<Check> checkPeer(InetAddress peer, String peerCertificate) {
        List<Check> checks = new ArrayList<>();
        Optional<InetAddress> before = new ExistingSettings(places.node().configurationFile())
                .settings()
                .map(Settings::peer)
                .flatMap(Settings.Peer::address);
        before.filter(other -> !other.equals(peer))
                .ifPresent(other -> checks.add(Check.error(
                        "this node is paired with " + other.getHostAddress(), "run first: pbx-ha setup disable")));
        try {
            Optional<X509Certificate> pinned = PinnedPeer.load(places.node().data());
            if (pinned.isPresent() && !Certificates.pem(pinned.get()).equals(peerCertificate)) {
                checks.add(Check.warning(
                        peer.getHostAddress() + " has another identity than at the last pairing",
                        "fine when it was set up anew; it is trusted by the new one from now on"));
            }
        } catch (IOException e) {
            checks.add(Check.warning(String.valueOf(e.getMessage()), "it is written anew"));
        }
        return checks;
    }

    @Override
    public Plan planKeys(Role role) {
        return new Plan(plans.keys(role), record);
    }

    @Override
    public String ownKey(Role role) throws IOException {
        return SshKeyChange.publicKey(
                role == Role.MASTER ? places.ssh() : places.node().fencingKeys());
    }

    @Override
    public Plan plan(PairedNode node) throws IOException {
        return new Plan(plans.all(node), record);
    }

    @Override
    public Check proveSync(InetAddress slave, int sshPort) {
        Path key = SshKeyChange.privateKey(places.ssh());
        String address = slave.getHostAddress();
        try {
            SshProof.prove(new SshTarget(address, sshPort, "root", key, places.knownHosts(Role.MASTER)), PROOF_LIMIT);
            return Check.ok("the key of sync opens the forced command on " + address + ", and nothing else");
        } catch (SshException e) {
            return Check.error(String.valueOf(e.getMessage()), e.hint());
        }
    }

    @Override
    public boolean isUntouched() throws IOException {
        return record.isEmpty();
    }

    /** What somebody else has put into it stays, and the directory with it. */
    private static void removeIfEmpty(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                return;
            }
        }
        AtomicFile.delete(directory);
    }

    @Override
    public void disable(Consumer<String> progress) throws IOException, SetupException {
        record.undoAll(progress);
        for (Path directory :
                List.of(places.secrets(), places.ssh(), places.node().fencingKeys())) {
            removeIfEmpty(directory);
        }
    }
}
