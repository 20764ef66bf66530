// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.control.ControlServer;
import org.pbxha.agent.control.ControlServer.Handler;
import org.pbxha.agent.control.ExitCode;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.effect.SystemdNotifier;
import org.pbxha.agent.link.AgentReport;
import org.pbxha.agent.link.PeerReading;
import org.pbxha.agent.loop.Cycle;
import org.pbxha.agent.loop.LoopThread;
import org.pbxha.agent.loop.Snapshot;
import org.pbxha.agent.observe.AsteriskHealth;
import org.pbxha.agent.observe.LocalAsterisk;
import org.pbxha.agent.observe.Observer;
import org.pbxha.agent.observe.Probes;
import org.pbxha.agent.observe.Sources;
import org.pbxha.agent.observe.Uptime;
import org.pbxha.agent.splitbrain.SplitBrainKeeper;
import org.pbxha.agent.splitbrain.SplitBrainRoutes;
import org.pbxha.agent.status.NodeStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent: everything that runs on one node, joined together. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final Duration WATCHDOG = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final Duration TELLING = Duration.ofSeconds(1);
    private static final Duration ASKING = Duration.ofSeconds(15);
    private static final int UNKNOWN = -1;

    private final Node node;
    private final Probes probes;
    private final LocalAsterisk asterisk;
    private final AsteriskHealth health;
    private final Copies copies;
    private final Effects effects;
    private final Observer observer;
    private final Cycle cycle;
    private final LoopThread loop;
    private final PeerLink link;
    private final SplitBrainKeeper splitBrain;
    private final ControlServer control;
    private final FencingCheck fencing;
    private final Events events;
    private final NodeStatus status;
    private final Departure departure = new Departure();

    private @Nullable Snapshot lastTurn;

    private Daemon(Node node) throws StartupException, IOException {
        this.node = node;
        this.probes = new Probes(node.settings());
        this.asterisk = new LocalAsterisk(node.settings());
        this.health = new AsteriskHealth(
                asterisk,
                ProgramRunner.REAL,
                Effects.ASTERISK,
                node.settings().takeover().after(),
                AsteriskHealth.START_LIMIT);
        this.copies = new Copies(node, this::peer, (event, text) -> effects().tell(event, text));
        this.effects = new Effects(
                node,
                copies,
                health::verdict,
                nanos -> asterisk.callsSince(nanos).orElse(UNKNOWN));
        this.observer = observer();
        this.cycle = new Cycle(node.store(), observer::look, effects::act, node.journal(), Clock.systemUTC());
        this.fencing = new FencingCheck(node, effects.fencing());
        this.events = new Events(node, effects::tell);
        this.status = status();
        this.loop = new LoopThread(cycle, node.settings().watch().interval(), this::turned);
        Orders orders = new Orders(cycle, loop);
        OperatorCommands operator =
                new OperatorCommands(node, cycle::snapshot, orders, effects::fenceNow, () -> link().requests());
        this.splitBrain = new SplitBrainPlace(cycle::snapshot, orders, node.journal(), effects::tell)
                .keeper(node, copies, (path, json) -> link().requests().post(path, json, ASKING));
        this.link = PeerLink.prepare(
                node.paths(),
                node.settings(),
                this::report,
                Stream.of(copies.routes(), List.of(operator.route()), SplitBrainRoutes.of(splitBrain, copies::serving))
                        .flatMap(List::stream)
                        .toList());
        copies.connect(link.requests());
        link.heartbeat().onNews(loop::soon);
        asterisk.onCount(loop::soon);
        effects.onNews(loop::soon);
        Map<String, Handler> commands = new HashMap<>(operator.handlers());
        commands.putAll(fencing.handlers());
        commands.putAll(copies.handlers());
        commands.putAll(
                new AgentCommands(node.role(), cycle::snapshot, seen -> status.status(seen, peer()), copies.sync())
                        .handlers());
        SplitBrainCommands splitBrains = new SplitBrainCommands(splitBrain, copies);
        commands.putAll(splitBrains.handlers());
        commands.putAll(new ReplicationCommands(node.role(), copies, splitBrains::accept).handlers());
        this.control = new ControlServer(node.paths().controlSocket(), commands);
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
            daemon.farewell();
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
        observer.begin();
        turned(cycle.runOnce());
        probes.start();
        asterisk.start();
        health.start();
        copies.start();
        events.start();
        link.start();
        observer.begin();
        loop.start();
        splitBrain.start();
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
                now -> effects().own(now),
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
                departure::underWay,
                copies.replication()::last,
                copies.sync()::last,
                fencing::status,
                events::status,
                () -> splitBrain().open(),
                Clock.systemUTC());
    }

    /** What a turn decided may be news for the peer, and an event for hooks. */
    private void turned(Snapshot turn) {
        Snapshot before = lastTurn;
        lastTurn = turn;
        effects.saw(turn);
        splitBrain.saw(turn.node());
        if (before != null && !before.node().state().equals(turn.node().state())) {
            link.heartbeat().soon();
            loop.soon();
        }
    }

    /** A host that shuts down in good order tells its peer, which need not wait for its silence. */
    private void farewell() throws InterruptedException {
        if (departure.begins()) {
            LOG.info("this host shuts down; the peer is told");
            departure.tell(
                    () -> asterisk.report().serving(), () -> link.heartbeat().tell(TELLING));
        }
    }

    private Effects effects() {
        return effects;
    }

    private PeerLink link() {
        return link;
    }

    private SplitBrainKeeper splitBrain() {
        return splitBrain;
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
        splitBrain.close();
        loop.close();
        link.close();
        events.close();
        effects.close();
        copies.close();
        health.close();
        asterisk.close();
        probes.close();
    }
}
