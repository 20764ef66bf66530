// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

/** How a change of the provisioning server's configurations ended. */
public sealed interface RegistrarsOutcome {
    /**
     * There is no provisioning server: nothing to do.
     *
     * @param reason a sentence for a person
     */
    record NotThere(String reason) implements RegistrarsOutcome {}

    /**
     * All is as asked.
     *
     * @param undo the values before, those that changed only
     * @param changed number of configurations that had to be changed
     */
    record Done(RegistrarsUndo undo, int changed) implements RegistrarsOutcome {}

    /**
     * It failed on the way; doing it again goes on.
     *
     * @param undo the values before, of what was changed so far: to be stored as well
     * @param changed number of configurations changed so far
     * @param error what stopped it
     */
    record Incomplete(RegistrarsUndo undo, int changed, ProvdException error) implements RegistrarsOutcome {}
}
