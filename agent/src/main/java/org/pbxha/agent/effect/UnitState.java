// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

/**
 * What systemd says about a unit, in its own words.
 *
 * @param unit the name that was asked for
 * @param load LoadState: loaded, not-found, masked, bad-setting...
 * @param active ActiveState: active, inactive, activating, deactivating, failed, reloading
 * @param sub SubState: running, exited, dead, auto-restart...
 * @param file UnitFileState: enabled, disabled, static, generated..., empty for none
 * @param result Result of the last run: success, exit-code, exec-condition...
 * @param conditionMet ConditionResult of the last attempt to start it; false when there was none
 * @param queued whether a job for it is waiting or under way
 */
public record UnitState(
        String unit,
        String load,
        String active,
        String sub,
        String file,
        String result,
        boolean conditionMet,
        boolean queued) {

    /** Whether it runs. */
    public boolean isActive() {
        return active.equals("active") || active.equals("reloading");
    }

    /** Whether it rests: neither runs nor is about to. */
    public boolean isStopped() {
        return !queued && (active.equals("inactive") || active.equals("failed"));
    }

    /** Whether this machine does not have it, or must not start it. */
    public boolean isMissing() {
        return load.equals("not-found") || load.equals("masked");
    }

    /** Whether it is still on its way somewhere. */
    boolean isMoving() {
        return queued || active.equals("activating") || active.equals("deactivating");
    }

    /** For a message: what it is instead of active. */
    String why() {
        if (isMissing()) {
            return load;
        }
        if (isMoving()) {
            return "still " + active + " (" + sub + ")";
        }
        if (active.equals("inactive") && result.equals("exec-condition")) {
            return "not started: its gate is shut";
        }
        if (active.equals("inactive") && !conditionMet) {
            return "not started: a condition of the unit is not met";
        }
        return active + " (" + result + ")";
    }
}
