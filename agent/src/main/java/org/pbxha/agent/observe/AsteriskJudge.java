// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.observe.AsteriskVerdict.Condition;
import org.pbxha.ami.ProbeReading.Outcome;

/**
 * From readings to a condition; pure. The questions stand in the order in which they are asked, the first that is answered
 * decides. One signal alone never makes an Asterisk hung.
 *
 * @param silence after which SIP, or the manager interface, counts as silent
 * @param startLimit for how long a process may load before it is judged like any other
 */
record AsteriskJudge(Duration silence, Duration startLimit) {
    /** systemd that says nothing for longer is no witness any more. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** A condition and why. */
    record Finding(Condition condition, String why) {}

    Finding judge(AsteriskReadings readings) {
        UnitReading unit = fresh(readings);
        Finding finding = unit == null ? null : withoutProcess(unit, readings);
        if (finding == null) {
            finding = starting(readings);
        }
        if (finding == null) {
            finding = answering(readings);
        }
        return finding == null ? silent(unit, readings) : finding;
    }

    private static @Nullable UnitReading fresh(AsteriskReadings readings) {
        UnitReading unit = readings.unit();
        return unit != null && readings.now() - unit.readAt() <= FRESH.toNanos() ? unit : null;
    }

    /** What systemd alone can decide: there is no process, or it is being ended. */
    private static @Nullable Finding withoutProcess(UnitReading unit, AsteriskReadings readings) {
        if (readings.sip().outcome() == Outcome.ALIVE && readings.control() == ControlReading.GREETS) {
            // Started by hand, or dead for less than a probe's interval: the next readings tell.
            return null;
        }
        if (unit.isMissing()) {
            return new Finding(Condition.UNKNOWN, "systemd does not run Asterisk: its unit is " + unit.load());
        }
        if (unit.isRestarting()) {
            return new Finding(
                    Condition.CRASHED, "Asterisk ended (" + unit.result() + "); systemd is about to start it again");
        }
        if (unit.isResting()) {
            return resting(unit);
        }
        if (unit.active().equals("deactivating")) {
            return unit.endedAsWanted()
                    ? new Finding(Condition.STOPPED_ON_PURPOSE, "Asterisk is being stopped")
                    : new Finding(Condition.CRASHED, "Asterisk is being ended by systemd (" + unit.result() + ")");
        }
        return null;
    }

    private static Finding resting(UnitReading unit) {
        if (!unit.endedAsWanted()) {
            return new Finding(Condition.CRASHED, "Asterisk ended and stays down (" + unit.result() + ")");
        }
        String why = unit.result().equals("exec-condition")
                ? "Asterisk was not started: its gate is shut"
                : "Asterisk was stopped, or never started, by an operator's will";
        return new Finding(Condition.STOPPED_ON_PURPOSE, why);
    }

    /** A young process that does not say that it has loaded. */
    private @Nullable Finding starting(AsteriskReadings readings) {
        UnitReading unit = fresh(readings);
        if (unit == null || readings.manager().fullyBooted()) {
            return null;
        }
        if (unit.isResting() || unit.isRestarting()) {
            return null;
        }
        boolean queued = unit.queued() && unit.mainPid() == 0 && !unit.active().equals("active");
        boolean young = readings.processAgeNanos().isPresent()
                && readings.processAgeNanos().getAsLong() < startLimit.toNanos();
        // Without a word of the manager interface, a SIP answer is the best sign of a completed start.
        boolean answers = !readings.manager().connected() && readings.sip().outcome() == Outcome.ALIVE;
        return (queued || young) && !answers
                ? new Finding(Condition.STARTING, "Asterisk has not finished loading")
                : null;
    }

    private @Nullable Finding answering(AsteriskReadings readings) {
        Outcome sip = readings.sip().outcome();
        boolean recent =
                readings.sip().aliveAt().isPresent() && readings.sipSilence().compareTo(silence) < 0;
        if (sip == Outcome.ALIVE) {
            return recent
                    ? new Finding(Condition.SERVING, "Asterisk answers SIP")
                    : new Finding(Condition.UNKNOWN, "SIP has not been asked for longer than it may be silent");
        }
        if (sip == Outcome.SILENT && recent) {
            return new Finding(Condition.SERVING, "Asterisk answered SIP a moment ago");
        }
        if (sip == Outcome.REFUSING) {
            return new Finding(
                    Condition.STOPPED_ON_PURPOSE,
                    "Asterisk answers SIP that it takes no calls (503), as while it is stopped gracefully");
        }
        if (sip == Outcome.UNABLE || sip == Outcome.PENDING) {
            return new Finding(Condition.UNKNOWN, "this node could not ask its Asterisk by SIP");
        }
        return null;
    }

    /** SIP stays silent; what do the others say? */
    private Finding silent(@Nullable UnitReading unit, AsteriskReadings readings) {
        if (readings.sipSilence().compareTo(silence) < 0) {
            return new Finding(Condition.UNKNOWN, "SIP is silent, for a moment only so far");
        }
        if (unit == null) {
            return new Finding(
                    Condition.UNKNOWN, "SIP is silent, and systemd does not say whether the process is there");
        }
        boolean managerSilent =
                readings.managerOnceAnswered() && readings.managerSilence().compareTo(silence) >= 0;
        boolean managerAnswers = readings.managerOnceAnswered() && !managerSilent;
        ControlReading control = readings.control();
        if (control == ControlReading.SILENT || (managerSilent && control != ControlReading.ABSENT)) {
            String second = control == ControlReading.SILENT ? "its control socket" : "its manager interface";
            return new Finding(Condition.HUNG, "Asterisk is there, but SIP and " + second + " stay silent");
        }
        if (managerAnswers || control == ControlReading.GREETS) {
            String second = managerAnswers ? "its manager interface" : "its control socket";
            return new Finding(Condition.DEAF, "SIP stays silent, although Asterisk answers by " + second);
        }
        if (control == ControlReading.ABSENT && readings.sip().outcome() == Outcome.CLOSED) {
            return new Finding(
                    Condition.CRASHED, "nobody listens for SIP or on the control socket, whatever systemd believes");
        }
        return new Finding(Condition.UNKNOWN, "SIP is silent, and no second signal says why");
    }
}
