// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import java.util.List;
import org.pbxha.agent.NodePaths;
import org.pbxha.agent.config.FencingMethod;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.agent.effect.hooks.HookRunner;
import org.pbxha.sync.ssh.SshTarget;
import org.pbxha.sync.ssh.SshWord;

/** Makes the configured methods. */
final class FenceMethods {
    private FenceMethods() {}

    /** In the order in which they are tried; none on a master, which does not fence. */
    static List<FenceMethod> of(Settings settings, NodePaths paths, HookRunner hooks) {
        return settings.role() == Role.SLAVE
                ? settings.fencing().methods().stream()
                        .map(method -> of(method, settings, paths, hooks))
                        .toList()
                : List.of();
    }

    private static FenceMethod of(FencingMethod method, Settings settings, NodePaths paths, HookRunner hooks) {
        return switch (method.kind()) {
            case SSH -> new SshFence(ssh(settings, paths)::say);
            case HOOK -> new HookFence(hooks);
            case AGENT -> new AgentFence(method, paths.fencing().options(), ProgramRunner.REAL);
        };
    }

    private static SshWord ssh(Settings settings, NodePaths paths) {
        SshTarget master = new SshTarget(
                settings.peerAddress().getHostAddress(),
                settings.ssh().port(),
                "root",
                paths.fencing().key(),
                paths.fencingKeys().resolve("known_hosts"));
        return new SshWord(master, settings.nodeAddress().getHostAddress());
    }
}
