// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.ServiceState;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.log.PlainText;
import org.pbxha.agent.state.NodeState;

/**
 * What a hook is told beside the event.
 *
 * @param role role of this node
 * @param service service state of this node when the event happened
 * @param epoch its epoch then
 * @param node address of this node
 * @param peer address of the other node
 * @param row the rule that made it happen, 0 where no rule was involved
 * @param reason one line for people; control characters are replaced, it may quote the peer
 * @param more what the JSON has besides, by name
 */
public record HookFacts(
        Role role,
        ServiceState service,
        long epoch,
        String node,
        String peer,
        int row,
        String reason,
        Map<String, Object> more) {
    private static final String PREFIX = "PBX_HA_";

    public HookFacts {
        reason = PlainText.line(reason);
        more = Map.copyOf(more);
    }

    /** Facts with nothing besides. */
    public HookFacts(Role role, ServiceState service, long epoch, String node, String peer, int row, String reason) {
        this(role, service, epoch, node, peer, row, reason, Map.of());
    }

    /** These facts and one more thing, for the JSON only. */
    public HookFacts with(String name, Object value) {
        return new HookFacts(role, service, epoch, node, peer, row, reason, Map.of(name, value));
    }

    /** The facts of a decision. */
    public static HookFacts of(NodeState decided, String node, String peer) {
        return new HookFacts(
                decided.role(),
                decided.state().service(),
                decided.state().epoch(),
                node,
                peer,
                decided.row(),
                decided.reason());
    }

    /** As environment variables: {@code PBX_HA_EVENT}, {@code PBX_HA_ROLE} and so on. */
    Map<String, String> environment(HookEvent event) {
        Map<String, String> environment = new LinkedHashMap<>();
        named(event)
                .forEach((name, value) -> environment.put(PREFIX + name.toUpperCase(Locale.ROOT), value.toString()));
        return environment;
    }

    /** The same as one JSON object on one line; {@code epoch} and {@code row} are numbers. */
    String json(HookEvent event) {
        Map<String, Object> all = named(event);
        all.putAll(more);
        return LinkJson.write(all) + "\n";
    }

    private Map<String, Object> named(HookEvent event) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("event", event.directory());
        named.put("role", role.name().toLowerCase(Locale.ROOT));
        named.put("service", service.name().toLowerCase(Locale.ROOT));
        named.put("epoch", epoch);
        named.put("node", node);
        named.put("peer", peer);
        named.put("row", row);
        named.put("reason", reason);
        return named;
    }
}
