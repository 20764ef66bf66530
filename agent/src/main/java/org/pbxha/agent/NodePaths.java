// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import java.nio.file.Path;
import org.pbxha.agent.config.FencingFiles;

/**
 * Where everything of pbx-ha is on a node.
 *
 * @param configuration directory of the configuration, written by setup
 * @param data directory of what the agent must not forget; root only
 * @param run directory of what is gone after a reboot
 */
public record NodePaths(Path configuration, Path data, Path run) {
    /** The places of the installed package. */
    public static final NodePaths INSTALLED =
            new NodePaths(Path.of("/etc/pbx-ha"), Path.of("/var/lib/pbx-ha"), Path.of("/run/pbx-ha"));

    /** The configuration file. */
    public Path configurationFile() {
        return configuration.resolve("pbx-ha.yml");
    }

    /** Profiles of the administrator; they win over built-in ones. */
    public Path profiles() {
        return configuration.resolve("profiles");
    }

    /** Hooks of the administrator: one directory for each event. */
    public Path hooks() {
        return configuration.resolve("hooks.d");
    }

    /** What the methods of fencing need. */
    public FencingFiles fencing() {
        return new FencingFiles(
                configuration.resolve("fencing"),
                hooks().resolve("fence"),
                fencingKeys().resolve("id_ed25519"));
    }

    /** On the slave: the fencing key and the pinned host keys of the master. */
    public Path fencingKeys() {
        return data.resolve("fencing");
    }

    /** By what the peer has fenced this node; survives a reboot. */
    public Path fenceMark() {
        return data.resolve("fenced");
    }

    /** The same, gone after a reboot: it needs no disk. */
    public Path volatileFenceMark() {
        return run.resolveSibling("pbx-ha-fenced");
    }

    /** The state file, which the gate reads too. */
    public Path state() {
        return data.resolve("state");
    }

    /** The event journal. */
    public Path journal() {
        return data.resolve("journal.jsonl");
    }

    /** The last result of a job. */
    public Path job(String name) {
        return data.resolve(name + ".json");
    }

    /** What both nodes had in common after the last copy of a kind. */
    public Path lastCopy(String name) {
        return data.resolve("last-" + name + ".json");
    }

    /** The last two generations of the database, on a slave. */
    public Path generations() {
        return data.resolve("generations");
    }

    /** On a slave that an operator has rolled back, until replication is wanted again. */
    public Path heldReplica() {
        return data.resolve("replication-held");
    }

    /** What hooks have been told of events that are not shipped, until they are. */
    public Path eventsAlarm() {
        return data.resolve("events-failed");
    }

    /** Reports of split brains. */
    public Path splitBrain() {
        return data.resolve("split-brain");
    }

    /** Which once-per-takeover steps have been done. */
    public Path takeoverMemory() {
        return data.resolve("takeover");
    }

    /** The sync key and the pinned host keys. */
    public Path sshKeys() {
        return data.resolve("ssh");
    }

    /** The socket of the command line. */
    public Path controlSocket() {
        return run.resolve("control.sock");
    }
}
