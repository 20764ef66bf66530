// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pbxha.agent.control.ControlServer;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.core.Action;
import org.pbxha.agent.core.Facts;
import org.pbxha.agent.core.Health;
import org.pbxha.agent.core.Repair;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.core.Veto;
import org.pbxha.agent.core.Work;
import org.pbxha.agent.effect.ServiceRunner;
import org.pbxha.agent.effect.SystemdNotifier;
import org.pbxha.agent.link.AgentReport;
import org.pbxha.agent.link.AsteriskReport;
import org.pbxha.agent.link.PeerReading;
import org.pbxha.agent.loop.Cycle;
import org.pbxha.agent.loop.LoopThread;
import org.pbxha.agent.observe.LocalAsterisk;
import org.pbxha.agent.observe.Observer;
import org.pbxha.agent.observe.Probes;
import org.pbxha.agent.observe.Sources;
import org.pbxha.agent.observe.Uptime;
import org.pbxha.agent.state.NodeState;
import org.pbxha.agent.status.NodeStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent: everything that runs on one node, joined together. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final Duration WATCHDOG = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Node node;
    private final Probes probes;
    private final LocalAsterisk asterisk;
    private final Copies copies;
    private final ServiceRunner services;
    private final Cycle cycle;
    private final LoopThread loop;
    private final PeerLink link;
    private final ControlServer control;
    private final NodeStatus status;

    private Daemon(Node node) throws StartupException, IOException {
        this.node = node;
        this.probes = new Probes(node.settings());
        this.asterisk = new LocalAsterisk(node.settings());
        this.copies = new Copies(node, this::peer);
        this.services = new ServiceRunner(node.steps(copies::letGo), System::nanoTime);
        this.cycle = new Cycle(node.store(), observer()::look, this::act, node.journal(), Clock.systemUTC());
        this.status = status();
        this.link = PeerLink.prepare(node.paths(), node.settings(), this::report, copies.routes());
        copies.connect(link.requests());
        this.loop = new LoopThread(cycle, node.settings().watch().interval());
        this.control = new ControlServer(
                node.paths().controlSocket(),
                new AgentCommands(
                                node.role(),
                                cycle::snapshot,
                                seen -> status.status(seen, peer()),
                                copies.replication(),
                                copies.sync())
                        .handlers());
    }

    /**
     * Runs the agent of this node until the process is told to end.
     *
     * @throws StartupException when it cannot start
     */
    public static void run(NodePaths paths) throws StartupException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(end, ended), "end"));
        try (Daemon daemon = new Daemon(Node.load(paths))) {
            daemon.start();
            daemon.serveUntil(end);
        } catch (IOException e) {
            throw new StartupException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        } finally {
            ended.countDown();
        }
    }

    /** The virtual machine halts as soon as its shutdown hooks return, so they wait until all is closed. */
    private static void endAndWait(CountDownLatch end, CountDownLatch ended) {
        end.countDown();
        try {
            if (!ended.await(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("closing took longer than {} s and is cut short", CLOSING.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() throws IOException {
        // One turn before anything else listens: the state is settled when others ask.
        cycle.runOnce();
        probes.start();
        asterisk.start();
        copies.start();
        link.start();
        loop.start();
        control.start();
        LOG.info(
                "pbx-ha {} runs: {} at {}, peer {}, profile {}",
                BuildVersion.current(),
                node.role(),
                node.settings().nodeAddress().getHostAddress(),
                node.settings().peerAddress().getHostAddress(),
                node.profile().name());
    }

    /** READY means that the gate may ask; from then on systemd hears that the cycle turns, or restarts the agent. */
    private void serveUntil(CountDownLatch end) throws InterruptedException {
        SystemdNotifier systemd = new SystemdNotifier();
        systemd.ready("watching " + node.settings().peerAddress().getHostAddress());
        while (!end.await(WATCHDOG.toSeconds(), TimeUnit.SECONDS)) {
            if (loop.turnedWithin(WATCHDOG)) {
                systemd.alive();
            }
        }
        LOG.info("pbx-ha ends; the services of this node stay as they are");
    }

    private Observer observer() {
        Sources sources = new Sources(
                probes.icmp(),
                probes.sip(),
                () -> peer().heard() ? OptionalLong.of(peer().heardNanos()) : OptionalLong.empty(),
                probes.witnesses(),
                () -> NodeStatus.word(peer()),
                this::own,
                System::nanoTime,
                Uptime::read);
        return new Observer(node.role(), node.limits(), sources);
    }

    private NodeStatus status() {
        return new NodeStatus(
                node.role(),
                node.settings().nodeAddress().getHostAddress(),
                node.settings().peerAddress().getHostAddress(),
                Uptime::read,
                asterisk::report,
                copies::databaseAnswers,
                copies.replication()::last,
                copies.sync()::last,
                Clock.systemUTC());
    }

    private void act(Action action) {
        if (action instanceof Action.StartServices start) {
            services.start(ServiceState.ACTIVE, start.epoch());
        } else if (action instanceof Action.StopServices stop) {
            services.start(ServiceState.STANDBY, stop.epoch());
        }
    }

    private Facts.Own own(NodeState state) {
        AsteriskReport said = asterisk.report();
        return new Facts.Own(
                said.serving() ? Health.SERVING : Health.UNKNOWN,
                Repair.IDLE,
                said.calls(),
                false,
                state.pause().at(Instant.now()),
                services.progress(),
                Work.IDLE,
                Veto.ALLOWED);
    }

    private PeerReading peer() {
        return link.heartbeat().reading();
    }

    private AgentReport report() {
        return status.report(cycle.snapshot().orElseThrow());
    }

    @Override
    public void close() throws IOException {
        control.close();
        loop.close();
        link.close();
        services.close();
        copies.close();
        asterisk.close();
        probes.close();
    }
}
