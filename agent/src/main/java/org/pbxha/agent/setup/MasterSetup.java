// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.link.Certificates;
import org.pbxha.agent.link.Identity;
import org.pbxha.agent.link.PeerException;
import org.pbxha.agent.link.PeerException.Kind;
import org.pbxha.agent.link.PinnedPeer;
import org.pbxha.agent.setup.PairingCode.BadCodeException;

/**
 * {@code pbx-ha setup master}: checks both nodes, shows what will change on each, asks once, changes this node and lets the
 * slave change itself. This node comes first: when that fails, the slave is as it was and still waits.
 */
public final class MasterSetup {
    private static final Duration SLAVE_LIMIT = Duration.ofMinutes(2);

    /** A setup that was broken off may have left the slave changing itself, with nobody listening for some seconds. */
    private static final Duration RETURN_LIMIT = Duration.ofSeconds(20);

    private final SetupContext context;
    private final InetAddress peer;
    private final InetAddress own;
    private final Dialogue dialogue;
    private final Report report;

    /**
     * A setup.
     *
     * @param peer the slave
     * @param own this node's address
     * @param yes the consent to what it does
     */
    public MasterSetup(SetupContext context, InetAddress peer, InetAddress own, Dialogue dialogue, boolean yes) {
        this.context = context;
        this.peer = peer;
        this.own = own;
        this.dialogue = dialogue;
        this.report = new Report(dialogue, yes);
    }

    /** Runs it and returns the exit code. */
    public int run() throws IOException, SetupException, InterruptedException {
        if (report.nobodyToAsk()) {
            return ExitCode.USAGE;
        }
        String title = "This node becomes the master of a pair (profile "
                + context.profile().name() + ", address " + own.getHostAddress() + "), with the slave "
                + peer.getHostAddress() + ".";
        report.say(title);
        Optional<Integer> already = alreadyPaired();
        if (already.isPresent()) {
            return already.get();
        }
        if (!report.passes("Checks on this node:", context.node().checkLocal(Role.MASTER, context.profile()))) {
            report.problem("this node cannot become a master yet", "Mend what is marked as error and run it again.");
            return ExitCode.FAILED;
        }
        return pair();
    }

    /** Running it again when all is done asks for no code. */
    private Optional<Integer> alreadyPaired() throws IOException, InterruptedException {
        Optional<Identity> identity = Identity.load(context.directory());
        Optional<X509Certificate> pinned = PinnedPeer.load(context.directory());
        if (identity.isEmpty() || pinned.isEmpty()) {
            return Optional.empty();
        }
        report.say("This node has been paired before; asking the agent of its slave.");
        if (!slave(identity.get()).awaitAgent(pinned.get(), RETURN_LIMIT, Set.of(Kind.UNREACHABLE))) {
            return Optional.empty();
        }
        report.say("They are a pair already: the slave's agent answers.");
        return Optional.of(proven() ? ExitCode.OK : ExitCode.FAILED);
    }

    private int pair() throws IOException, SetupException, InterruptedException {
        PairingCode code = code();
        if (code == null) {
            return ExitCode.FAILED;
        }
        boolean untouched = context.node().isUntouched();
        boolean begun = false;
        try {
            // A key nobody knows yet; it is taken back unless there is consent to more.
            context.node().planKeys(Role.MASTER).apply(line -> {});
            PairRequest request = request(code);
            PairReply reply = slave().check(code, request);
            PairedNode master = master(reply);
            if (!checked(reply, request) || !agreed(reply, master)) {
                return ExitCode.FAILED;
            }
            begun = true;
            return carryOut(code, request, master);
        } catch (PeerException e) {
            report.problem(String.valueOf(e.getMessage()), next(e));
            return ExitCode.FAILED;
        } finally {
            if (untouched && !begun) {
                context.node().disable(line -> {});
            }
        }
    }

    /** What the link itself suggests is for nodes that are a pair already. */
    private static String next(PeerException error) {
        return switch (error.kind()) {
            case UNREACHABLE, STRANGER ->
                "Run `pbx-ha setup slave` there first: it waits for this command. Check the address"
                        + " and the firewalls too.";
            case NOT_OUR_PEER ->
                "The code belongs to another node: check the address, and take the code that `pbx-ha setup"
                        + " slave` shows there now.";
            case VERSION, REFUSED -> error.hint();
        };
    }

    private @Nullable PairingCode code() throws IOException {
        report.say("");
        String typed = dialogue.ask("Code that `pbx-ha setup slave` shows on " + peer.getHostAddress() + ": ");
        try {
            return PairingCode.parse(typed);
        } catch (BadCodeException e) {
            report.problem(String.valueOf(e.getMessage()), "Nothing was sent. Run it again and give the whole code.");
            return null;
        }
    }

    private PairRequest request(PairingCode code) throws IOException {
        SetupContext.Ports ports = context.ports();
        return new PairRequest(
                code.secret(),
                own.getHostAddress(),
                ports.link(),
                ports.ssh(),
                ports.sip(),
                context.extraDirectories().stream().map(Path::toString).toList(),
                context.node().ownKey(Role.MASTER),
                context.node().facts(Role.MASTER, context.profile()));
    }

    private PairedNode master(PairReply reply) {
        NodeFacts slave = reply.facts();
        return new PairedNode(
                Role.MASTER,
                context.profile(),
                own,
                peer,
                reply.certificate(),
                reply.fenceKey(),
                slave == null ? List.of() : slave.sshHostKeys(),
                context.extraDirectories());
    }

    private boolean checked(PairReply reply, PairRequest request) {
        NodeFacts slave = reply.facts();
        NodeFacts master = request.facts();
        if (slave == null || master == null) {
            report.problem("the slave says nothing of itself", "Install the same version on both nodes.");
            return false;
        }
        List<Check> here = new ArrayList<>(context.node().comparePeers(master, slave));
        here.addAll(context.node().checkPeer(peer, reply.certificate()));
        SetupContext.Ports ports = context.ports();
        here.addAll(context.node()
                .checkReachable(
                        new Reach(own, peer, ports.link(), true, ports.ssh(), slave.asteriskRuns() ? ports.sip() : 0)));
        boolean fineHere = report.passes("The pair, seen from this node:", here);
        boolean fineThere = report.passes("The pair, seen from the slave:", reply.checks());
        boolean fine = fineHere && fineThere;
        if (!fine) {
            report.problem(
                    "the nodes cannot be paired yet",
                    "Nothing was changed. Mend what is marked as error and run it again.");
        }
        return fine;
    }

    private boolean agreed(PairReply reply, PairedNode master) throws IOException {
        report.plan("On this node:", context.node().plan(master).show());
        report.plan("On the slave " + peer.getHostAddress() + ", WHERE TELEPHONY STOPS:", reply.plan());
        return report.agrees("Make these changes on both nodes?");
    }

    private int carryOut(PairingCode code, PairRequest request, PairedNode master)
            throws IOException, SetupException, InterruptedException, PeerException {
        report.say("Changing this node:");
        context.node().plan(master).apply(line -> report.say("  - " + line));
        slave().commit(code, request);
        report.say("The slave has agreed and changes itself; its terminal shows how it gets on.");
        // A stranger: the pairing window shuts; unreachable: its agent starts.
        Set<Kind> patience = Set.of(Kind.STRANGER, Kind.UNREACHABLE, Kind.REFUSED);
        if (!slave().awaitAgent(certificate(master), SLAVE_LIMIT, patience)) {
            report.problem(
                    "the slave's agent does not answer after " + SLAVE_LIMIT.toSeconds() + " s",
                    "See what `pbx-ha setup slave` says there, mend it, and run both commands again.");
            return ExitCode.FAILED;
        }
        report.say("The slave's agent answers.");
        if (!proven()) {
            return ExitCode.FAILED;
        }
        Stream.of(
                        "",
                        "Done. The slave stops its telephony and watches this node from now on.",
                        "Database and files follow at the full hour; at once with: pbx-ha replicate, pbx-ha sync",
                        "See the pair with: pbx-ha status")
                .forEach(report::say);
        return ExitCode.OK;
    }

    private boolean proven() {
        return report.passes(
                "The way for the files:",
                List.of(context.node().proveSync(peer, context.ports().ssh())));
    }

    private SlaveNode slave() throws IOException {
        return slave(Identity.ensure(context.directory()));
    }

    private SlaveNode slave(Identity identity) {
        return new SlaveNode(peer, context.ports().link(), identity, context.version());
    }

    private static X509Certificate certificate(PairedNode master) throws IOException {
        try {
            return Certificates.parse(master.peerCertificate());
        } catch (CertificateException e) {
            throw new IOException("the slave's certificate cannot be read", e);
        }
    }
}
