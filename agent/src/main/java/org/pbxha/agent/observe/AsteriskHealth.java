// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.observe.AsteriskVerdict.Condition;
import org.pbxha.ami.AsteriskReport;
import org.pbxha.ami.ProbeReading;
import org.pbxha.ami.ProbeReading.Outcome;

/**
 * How this node's Asterisk is, by layers that know nothing of each other: systemd, the control socket, the manager interface,
 * SIP, and the work queued inside. Each has its own thread and time-out; reading never blocks.
 */
public final class AsteriskHealth implements AutoCloseable {
    /** Where Debian's Asterisk has it. */
    public static final Path CONTROL_SOCKET = Path.of("/run/asterisk/asterisk.ctl");
    /** For how long Asterisk may load, by default. */
    public static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Supplier<AsteriskReport> manager;
    private final Supplier<ProbeReading> sip;
    private final LongSupplier nanoTime;
    private final AsteriskJudge judge;
    private final UnitWatch unit;
    private final ControlWatch control;
    private final TaskProcessorWatch tasks;
    private final long watchedSince;
    // What follows belongs to the lock of this object, which is held for moments only.
    private @Nullable Condition condition;
    private long conditionSince;

    /**
     * Watches Asterisk by more than {@code asterisk} does, which is started and closed by its owner; not started yet.
     *
     * @param unitName the unit of Asterisk, "asterisk.service"
     * @param silence after which SIP or the manager interface counts as silent
     * @param startLimit for how long a process may load before it is judged like any other
     */
    public AsteriskHealth(
            LocalAsterisk asterisk, ProgramRunner programs, String unitName, Duration silence, Duration startLimit) {
        this(
                asterisk::managerReport,
                asterisk::sipReading,
                programs,
                unitName,
                CONTROL_SOCKET,
                new AsteriskJudge(silence, startLimit),
                System::nanoTime);
    }

    AsteriskHealth(
            Supplier<AsteriskReport> manager,
            Supplier<ProbeReading> sip,
            ProgramRunner programs,
            String unitName,
            Path socket,
            AsteriskJudge judge,
            LongSupplier nanoTime) {
        this.manager = manager;
        this.sip = sip;
        this.nanoTime = nanoTime;
        this.judge = judge;
        this.watchedSince = nanoTime.getAsLong();
        this.unit = new UnitWatch(programs, unitName, INTERVAL);
        this.control = new ControlWatch(socket, () -> sip.get().outcome() != Outcome.ALIVE, INTERVAL);
        this.tasks = new TaskProcessorWatch(socket, () -> manager.get().fullyBooted());
    }

    /** Starts the layers that are this object's own. */
    public void start() {
        unit.start();
        control.start();
        tasks.start();
    }

    /** What all layers together say now; never blocks. */
    public synchronized AsteriskVerdict verdict() {
        // The answers are read before the clock, so that no silence is negative.
        UnitReading unitReading = unit.reading();
        AsteriskReport managerReport = manager.get();
        ProbeReading sipReading = sip.get();
        long now = nanoTime.getAsLong();
        AsteriskJudge.Finding finding = judge.judge(
                new AsteriskReadings(unitReading, control.reading(), managerReport, sipReading, watchedSince, now));
        if (finding.condition() != condition) {
            condition = finding.condition();
            conditionSince = now;
        }
        return new AsteriskVerdict(finding.condition(), Duration.ofNanos(now - conditionSince), finding.why());
    }

    /** What is worth a person's look and no cause to act, empty for nothing; never blocks. */
    public String warning() {
        return tasks.warning();
    }

    @Override
    public void close() {
        unit.close();
        control.close();
        tasks.close();
    }
}
