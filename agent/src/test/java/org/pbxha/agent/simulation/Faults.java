// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.simulation;

import java.util.ArrayList;
import java.util.List;
import org.pbxha.agent.core.Mode;
import org.pbxha.agent.core.Order;
import org.pbxha.agent.simulation.Asterisk.Life;
import org.pbxha.agent.simulation.Network.Way;
import org.pbxha.agent.state.Pause;

/** Everything that can go wrong, and every order, at random. */
final class Faults {
    private final World world;
    private final List<Runnable> heals = new ArrayList<>();
    private boolean over;

    Faults(World world) {
        this.world = world;
    }

    /** Lets things go wrong for a while; afterwards all is healed. */
    void during(long millis) {
        next();
        world.time.after(millis, this::end);
    }

    private void next() {
        world.time.after(pause(), () -> {
            if (!over) {
                happen();
                next();
            }
        });
    }

    private long pause() {
        return world.random.nextInt(3) == 0 ? world.between(100, 3000) : world.between(2000, 45_000);
    }

    private void end() {
        over = true;
        world.calm = true;
        List.copyOf(heals).forEach(Runnable::run);
        world.disturbed("", "all is healed, and quiet from now on");
        if (world.random.nextInt(5) == 0) {
            Host broken = world.hosts[world.random.nextInt(2)];
            world.disturbed(broken.role.name(), "FAULT: Asterisk cannot start, for good");
            breakAsterisk(broken);
        }
    }

    /** Something that ends by itself after a random time. */
    private void fault(Host host, String what, Runnable begin, Runnable heal) {
        world.disturbed(host.role.name(), "FAULT: " + what);
        begin.run();
        Runnable[] once = new Runnable[1];
        once[0] = () -> {
            if (heals.remove(once[0])) {
                world.disturbed(host.role.name(), "healed: " + what);
                heal.run();
            }
        };
        heals.add(once[0]);
        boolean brief = world.random.nextInt(3) == 0;
        world.time.after(brief ? world.between(200, 4000) : world.between(4000, 60_000), once[0]);
    }

    private void happen() {
        Host host = world.hosts[world.random.nextInt(2)];
        switch (world.random.nextInt(6)) {
            case 0 -> machine(host);
            case 1 -> agent(host);
            case 2 -> asterisk(host);
            case 3 -> cut(host);
            case 4 -> network(host);
            default -> operator(host);
        }
    }

    private void machine(Host host) {
        switch (world.random.nextInt(4)) {
            case 0 -> fault(host, "power off", host::powerOff, host::powerOn);
            case 1 ->
                fault(host, "clean shutdown", host::shutDown, () -> {
                    host.powerOff();
                    host.powerOn();
                });
            case 2 -> freeze(host, false, "userland frozen");
            default -> freeze(host, true, "machine suspended");
        }
    }

    private void freeze(Host host, boolean whole, String what) {
        fault(host, what, () -> host.freeze(1, whole), () -> host.freeze(-1, whole));
    }

    private void agent(Host host) {
        Agent agent = host.agent;
        if (agent == null) {
            return;
        }
        switch (world.random.nextInt(5)) {
            case 0 -> fault(host, "agent does not run", () -> hold(host), () -> letGo(host));
            case 1 -> {
                world.disturbed(host.role.name(), "FAULT: agent to be killed before it persists a change");
                agent.cut = Agent.Cut.BEFORE_PERSIST;
            }
            case 2 -> {
                world.disturbed(host.role.name(), "FAULT: agent to be killed after it persists a change");
                agent.cut = Agent.Cut.BEFORE_ACT;
            }
            default -> {
                world.disturbed(host.role.name(), "FAULT: agent killed");
                host.killAgent();
                host.restartAgent();
            }
        }
    }

    private static void hold(Host host) {
        host.agentHeld++;
        host.killAgent();
    }

    private void letGo(Host host) {
        host.agentHeld--;
        host.later(world.between(500, 2000), () -> host.startAgent(500));
    }

    private void asterisk(Host host) {
        switch (world.random.nextInt(5)) {
            case 0 -> {
                world.disturbed(host.role.name(), "FAULT: Asterisk crashes");
                host.asterisk.fail(Life.CRASHED);
            }
            case 1 -> {
                world.disturbed(host.role.name(), "FAULT: Asterisk hangs");
                host.asterisk.fail(Life.HUNG);
            }
            case 2 -> fault(host, "Asterisk cannot start", () -> breakAsterisk(host), () -> mendAsterisk(host));
            case 3 -> fault(host, "database down", () -> host.notReady++, () -> host.notReady--);
            default -> {
                world.disturbed(host.role.name(), "a package upgrade starts Asterisk");
                new Gate(host).start();
            }
        }
    }

    private static void breakAsterisk(Host host) {
        host.cannotStart++;
        host.asterisk.fail(Life.CRASHED);
    }

    /** Who mends it tries it, and the gate says whether that may be. */
    private static void mendAsterisk(Host host) {
        host.cannotStart--;
        if (host.isUp()) {
            new Gate(host).start();
        }
    }

    private void cut(Host host) {
        int from = host.index;
        Network network = world.network;
        switch (world.random.nextInt(6)) {
            case 0 -> fault(host, "cut from its peer", () -> network.cutAll(from, 1), () -> network.cutAll(from, -1));
            case 1 ->
                fault(
                        host,
                        "peer link cut",
                        () -> network.cut(from, Way.LINK, 1),
                        () -> network.cut(from, Way.LINK, -1));
            case 2 -> fault(host, "SIP cut", () -> network.cut(from, Way.SIP, 1), () -> network.cut(from, Way.SIP, -1));
            case 3 ->
                fault(host, "ping cut", () -> network.cut(from, Way.ICMP, 1), () -> network.cut(from, Way.ICMP, -1));
            default -> fault(host, "isolated", () -> isolate(from, 1), () -> isolate(from, -1));
        }
    }

    private void isolate(int node, int change) {
        world.network.cutAll(node, change);
        world.network.cutWitness(node, change);
    }

    private void network(Host host) {
        Network network = world.network;
        double share = 0.1 + 0.3 * world.random.nextDouble();
        int most = world.random.nextInt(400) + 20;
        switch (world.random.nextInt(3)) {
            case 0 ->
                fault(
                        host,
                        "witness lost",
                        () -> network.cutWitness(host.index, 1),
                        () -> network.cutWitness(host.index, -1));
            case 1 ->
                fault(host, Math.round(share * 100) + " % loss", () -> network.lose(share), () -> network.lose(0));
            default -> fault(host, "delays up to " + most + " ms", () -> network.delay(most), () -> network.delay(0));
        }
    }

    private void operator(Host host) {
        switch (world.random.nextInt(8)) {
            case 0 -> fault(host, "mode manual", () -> mode(Mode.MANUAL), () -> mode(Mode.AUTOMATIC));
            case 1 -> fault(host, "pause", () -> pause(Pause.OPEN_ENDED), () -> pause(Pause.NONE));
            case 2 -> fault(host, "hooks object", () -> host.hooksObject++, () -> host.hooksObject--);
            case 3 -> order(host, Order.TAKEOVER);
            case 4, 5 -> order(world.master(), Order.HANDOVER);
            case 6 -> order(world.slave(), Order.FAILBACK);
            default -> order(world.slave(), Order.FAILBACK_CUTTING_CALLS);
        }
    }

    private void order(Host host, Order order) {
        if (host.agentAwake()) {
            world.disturbed(host.role.name(), "ORDER: " + order);
            host.orders.add(order);
        }
    }

    private void mode(Mode mode) {
        for (Host host : world.hosts) {
            host.write(host.disk.with(
                    host.disk.state().with(host.disk.state().standing().withMode(mode))));
        }
    }

    private void pause(Pause pause) {
        for (Host host : world.hosts) {
            host.write(host.disk.with(pause));
        }
    }
}
