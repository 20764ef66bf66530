// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.link.Identity;
import org.pbxha.agent.link.PeerServer;

/**
 * {@code pbx-ha setup slave}: shows the code and waits for the master. Until the master has been told yes, this node has got
 * nothing but a key; the agent starts as one of a pair or not at all.
 */
public final class SlaveSetup {
    private final SetupContext context;
    private final Report report;

    /** A setup; {@code yes} is the consent to what it does. */
    public SlaveSetup(SetupContext context, Dialogue dialogue, boolean yes) {
        this.context = context;
        this.report = new Report(dialogue, yes);
    }

    /** Runs it and returns the exit code. */
    public int run() throws IOException, SetupException, InterruptedException {
        if (report.nobodyToAsk()) {
            return ExitCode.USAGE;
        }
        requireFreePort();
        report.say("This node becomes the slave of a pair (profile "
                + context.profile().name() + ").");
        if (!report.passes("Checks on this node:", context.node().checkLocal(Role.SLAVE, context.profile()))) {
            report.problem("this node cannot become a slave yet", "Mend what is marked as error and run it again.");
            return ExitCode.FAILED;
        }
        warn();
        if (!report.agrees("Make this node the slave?")) {
            return ExitCode.FAILED;
        }
        context.node().planKeys(Role.SLAVE).apply(line -> report.say("  " + line));
        Optional<PairedNode> agreed = waitForMaster();
        return agreed.isPresent() ? become(agreed.get()) : ExitCode.FAILED;
    }

    private void warn() {
        report.say("");
        report.say("When the master pairs with it:");
        report.say(
                "  - TELEPHONY ON THIS NODE STOPS, and calls in progress here end. It starts again when the master dies.");
        String data = context.profile().database().isPresent() ? "Its database and files are" : "Its files are";
        report.say("  - " + data + " replaced by the master's every hour from then on.");
        report.say("The master shows every single change before it is made. `pbx-ha setup disable` takes them back.");
    }

    private Optional<PairedNode> waitForMaster() throws IOException, SetupException, InterruptedException {
        Identity identity = Identity.ensure(context.directory());
        PairingCode code = PairingCode.generate(identity.fingerprint());
        PairingWindow window = new PairingWindow(code, System::nanoTime);
        PairingService service = new PairingService(context.node(), context.profile(), window, report::say);
        try (PeerServer server = listen(identity, service)) {
            show(code, server.address().getPort());
            Optional<PairedNode> agreed = service.await();
            if (agreed.isEmpty()) {
                shut(window);
            }
            return agreed;
        }
    }

    private PeerServer listen(Identity identity, PairingService service) throws SetupException {
        try {
            return PeerServer.start(
                    new InetSocketAddress(context.ports().link()),
                    identity,
                    context.version(),
                    Optional::empty,
                    () -> true,
                    service.routes(identity.certificate()));
        } catch (IOException e) {
            throw portTaken(e);
        }
    }

    /** Known before anything is asked or done. */
    private void requireFreePort() throws SetupException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(context.ports().link()));
        } catch (IOException e) {
            throw portTaken(e);
        }
    }

    private SetupException portTaken(IOException error) {
        String sentence = "TCP port " + context.ports().link()
                + " of this node, where the master would be awaited, cannot be opened: " + error.getMessage();
        String next =
                "If this node is one of a pair already, its agent has it: to pair anew, run first: pbx-ha setup disable";
        return new SetupException(sentence, next, error);
    }

    private void show(PairingCode code, int port) {
        report.say("");
        report.say("Run on the master:  pbx-ha setup master --peer ADDRESS-OF-THIS-NODE");
        report.say("and give it this code, good for " + PairingWindow.OPEN_FOR.toMinutes() + " minutes:");
        report.say("");
        report.say("code: " + code.text());
        report.say("");
        report.say("Waiting for the master on TCP port " + port + ". Ctrl-C ends it and changes nothing.");
    }

    private void shut(PairingWindow window) {
        String sentence = window.usedUp()
                ? "no pairing: " + PairingWindow.TRIES + " wrong codes were tried"
                : "no pairing: the master did not come within " + PairingWindow.OPEN_FOR.toMinutes() + " minutes";
        report.problem(sentence, "Nothing was changed. Run `pbx-ha setup slave` again for a new code.");
    }

    private int become(PairedNode slave) throws IOException, SetupException {
        report.say("");
        report.say("The master at " + slave.peer().getHostAddress() + " has agreed. Changing this node:");
        context.node().plan(slave).apply(line -> report.say("  - " + line));
        report.say("");
        report.say("This node is the slave of " + slave.peer().getHostAddress() + " now. See: pbx-ha status");
        return ExitCode.OK;
    }
}
