// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;

/** A PBX of the pair, and what can happen to it: each fault is a verb, and {@link #heal} undoes them all. */
public final class Node extends Machine {
    private static final Duration BOOT_LIMIT = Duration.ofMinutes(1);
    private static final String AGENT = "pbx-ha.service";
    private static final Duration SIP_LIMIT = Duration.ofMillis(500);

    private final Firewall firewall = new Firewall(this);
    private final Deque<Runnable> healing = new ArrayDeque<>();

    Node(GenericContainer<?> container, String name, String address) {
        super(container, name, address);
    }

    // ---- power

    /** Cuts the power: no goodbye to anyone, nothing is written to disk any more. */
    public void powerOff() {
        if (!healing.isEmpty()) {
            throw new LabException(name() + ": heal() before powerOff(): a small disk would lose its content");
        }
        docker().killContainerCmd(id()).exec();
    }

    /** Gives the power back; returns while the node still boots. */
    public void powerOn() {
        docker().startContainerCmd(id()).exec();
    }

    /** Shuts down in good order, as on a press of the power button; returns when the node is off. */
    public void shutDown() {
        docker().stopContainerCmd(id())
                .withTimeout((int) BOOT_LIMIT.toSeconds())
                .exec();
    }

    /** Restarts in good order; returns while the node still boots. */
    public void reboot() {
        shutDown();
        powerOn();
    }

    /** Waits until systemd has started all there is to start, failed units or not. */
    public void awaitBooted() {
        Awaitility.await(name() + " boots").atMost(BOOT_LIMIT).until(() -> {
            String state =
                    exec("systemctl", "is-system-running", "--wait").out().strip();
            return state.equals("running") || state.equals("degraded");
        });
    }

    /** Stops every program at once, while the kernel still answers ping. */
    public void freeze() {
        docker().pauseContainerCmd(id()).exec();
    }

    /** Lets the programs go on as if nothing had been. */
    public void thaw() {
        docker().unpauseContainerCmd(id()).exec();
    }

    // ---- network

    /** Takes the network interface down: sending fails at once. */
    public void cutNetwork() {
        run("ip", "link", "set", "dev", "eth0", "down");
    }

    /** Takes the interface up again; it kept its address. */
    public void rejoin() {
        run("ip", "link", "set", "dev", "eth0", "up");
        run("/usr/lib/pbx-ha-lab/default-route");
    }

    /** Every packet in and out disappears silently, as behind a dead switch; {@link #openNetwork} ends it. */
    public void isolate() {
        drop(Traffic.in());
        drop(Traffic.out());
    }

    /** Some packets disappear silently, one way; {@link #openNetwork} ends it. */
    public void drop(Traffic traffic) {
        firewall.drop(traffic);
    }

    /** Each packet, in and out, disappears with a probability between 0 and 1; {@link #openNetwork} ends it. */
    public void losePackets(double probability) {
        firewall.lose(probability);
    }

    /** Ends isolate, drop and losePackets. */
    public void openNetwork() {
        firewall.open();
    }

    /** Sends no faster than so many kilobits a second; {@link #restoreSpeed} ends it. */
    public void slowNetwork(int kilobits) {
        run(
                "tc",
                "qdisc",
                "add",
                "dev",
                "eth0",
                "root",
                "tbf",
                "rate",
                kilobits + "kbit",
                "burst",
                "16kb",
                "latency",
                "400ms");
    }

    /** Ends slowNetwork. */
    public void restoreSpeed() {
        run("tc", "qdisc", "del", "dev", "eth0", "root");
    }

    // ---- programs

    /** Kills Asterisk once; systemd restarts it after a second where its unit is meant to run. */
    public void crashAsterisk() {
        signal("KILL", "asterisk.service");
    }

    /** Stops Asterisk in the middle of whatever it does: sockets stay open, nobody answers. */
    public void hangAsterisk() {
        signal("STOP", "asterisk.service");
    }

    /** Lets a hung Asterisk go on. */
    public void resumeAsterisk() {
        signal("CONT", "asterisk.service");
    }

    /** Kills Asterisk and makes every new start of it fail, until {@link #mendAsterisk}. */
    public void breakAsterisk() {
        run("mkdir", "-p", "/etc/systemd/system/asterisk.service.d");
        write("/etc/systemd/system/asterisk.service.d/lab-broken.conf", "[Service]\nExecStartPre=/bin/false\n");
        run("systemctl", "daemon-reload");
        crashAsterisk();
        // Until systemd has seen the death, a start of it does nothing and succeeds.
        Awaitility.await(name() + " has lost Asterisk").until(() -> !isActive("asterisk.service"));
    }

    /** Ends breakAsterisk; starting Asterisk is somebody else's business. */
    public void mendAsterisk() {
        run("rm", "-f", "/etc/systemd/system/asterisk.service.d/lab-broken.conf");
        run("systemctl", "daemon-reload");
    }

    /** Kills all of PostgreSQL; nobody restarts it before {@link #startDatabase}. */
    public void killDatabase() {
        signal("KILL", "postgresql@*.service");
    }

    /** Starts PostgreSQL and waits for it. */
    public void startDatabase() {
        run("systemctl", "restart", "postgresql.service");
    }

    /** Kills the agent; systemd restarts it. */
    public void killAgent() {
        signal("KILL", AGENT);
    }

    /** Stops the agent in the middle of whatever it does. */
    public void hangAgent() {
        signal("STOP", AGENT);
    }

    /** Lets a hung agent go on. */
    public void resumeAgent() {
        signal("CONT", AGENT);
    }

    private void signal(String signal, String unit) {
        run("systemctl", "kill", "--signal", signal, unit);
    }

    // ---- disk

    /** Leaves no room on the disk under a directory; {@link #freeDisk} makes room again. */
    public void fullDisk(String directory) {
        run("/usr/lib/pbx-ha-lab/disk", "fill", directory);
        // The agent has a view of the disks of its own, which later mounts do not reach.
        if (isActive(AGENT)) {
            run("systemctl", "restart", AGENT);
        }
        healing.push(() -> run("/usr/lib/pbx-ha-lab/disk", "remove", directory));
    }

    /** Makes room on the disk under a directory. */
    public void freeDisk(String directory) {
        run("/usr/lib/pbx-ha-lab/disk", "free", directory);
    }

    // ---- what it holds

    /** Whether it answers a SIP request within half a second. */
    public boolean answersSip() {
        return answersSip(SIP_LIMIT);
    }

    /** Whether it answers a SIP request within so long, which is at least a millisecond. */
    public boolean answersSip(Duration limit) {
        return SipPing.answers(address(), limit);
    }

    /** Asks by SIP every 20 ms and returns at the first answer. */
    public void awaitSipAnswer(Duration limit) {
        SipPing.awaitAnswer(address(), limit);
    }

    /** Runs one statement in the database asterisk, as the superuser; a line per row, columns parted by "|". */
    public String sql(String statement) {
        return sql("asterisk", statement);
    }

    /** The same in another database. */
    public String sql(String database, String statement) {
        return run(
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "--reset-env",
                "psql",
                "--no-psqlrc",
                "--set",
                "ON_ERROR_STOP=1",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--dbname",
                database,
                "--command",
                statement);
    }

    /** What an Asterisk command line command prints. */
    public String asterisk(String command) {
        return run("asterisk", "-rx", command);
    }

    /** Whether systemd says that a unit is active. */
    public boolean isActive(String unit) {
        return exec("systemctl", "is-active", "--quiet", unit).ok();
    }

    /** Installs Debian packages of the host as a person would; their dependencies are in the image. */
    public void install(Path... packages) {
        List<String> command = new ArrayList<>(List.of("apt-get", "install", "--yes"));
        for (Path file : packages) {
            String there = "/root/" + file.getFileName();
            copy(file, there);
            command.add(there);
        }
        exec(Duration.ofMinutes(3), command.toArray(String[]::new)).orFail();
    }

    // ---- back to normal

    /** Undoes every fault: powered, connected, running. What the product made of them stays. */
    public void heal() {
        if (Boolean.TRUE.equals(state().getPaused())) {
            thaw();
        }
        if (!Boolean.TRUE.equals(state().getRunning())) {
            powerOn();
        }
        awaitBooted();
        run("/usr/lib/pbx-ha-lab/heal");
        removeSmallDisks();
    }

    private void removeSmallDisks() {
        if (healing.isEmpty()) {
            return;
        }
        boolean agent = isActive(AGENT);
        // Its open files are on the small disk.
        exec("systemctl", "stop", AGENT);
        while (!healing.isEmpty()) {
            healing.pop().run();
        }
        if (agent) {
            run("systemctl", "start", AGENT);
        }
    }
}
