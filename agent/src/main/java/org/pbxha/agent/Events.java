// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.State;
import org.pbxha.agent.effect.events.EventShipping;
import org.pbxha.agent.effect.hooks.HookEvent;
import org.pbxha.agent.file.AtomicFile;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.state.NodeState;
import org.pbxha.agent.status.StatusReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shipping of this node's events, if one is configured; trouble goes to the journal and to hooks. */
final class Events implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Node node;
    private final BiConsumer<HookEvent, String> hooks;
    private final Path alarm;
    private final Optional<EventShipping> shipping;

    Events(Node node, BiConsumer<HookEvent, String> hooks) throws IOException {
        this.node = node;
        this.hooks = hooks;
        this.alarm = node.paths().eventsAlarm();
        this.shipping = EventShipping.of(node.settings(), node.profile(), this::tell, Files.exists(alarm));
    }

    void start() {
        shipping.ifPresent(EventShipping::start);
    }

    /** How far it is, null when events are not shipped. */
    StatusReport.@Nullable Events status() {
        return shipping.map(EventShipping::status).orElse(null);
    }

    void tell(boolean failing, String text) {
        try {
            Optional<State> state = node.store().read().map(NodeState::state);
            state.ifPresent(now -> node.journal().note("events", now.service(), now.epoch(), text));
        } catch (IOException e) {
            LOG.warn("no line in the journal, because the state cannot be read: {}", e.getMessage());
        }
        remember(failing, text);
        hooks.accept(failing ? HookEvent.EVENTS_FAILED : HookEvent.EVENTS_RECOVERED, text);
    }

    /** An agent that starts anew tells neither twice that shipping fails nor never that it works again. */
    private void remember(boolean failing, String text) {
        try {
            if (failing) {
                AtomicFile.write(alarm, (text + "\n").getBytes(UTF_8), FileAccess.PRIVATE);
            } else {
                AtomicFile.delete(alarm);
            }
        } catch (IOException e) {
            LOG.warn("hooks may hear of the events again after a restart of the agent: {}", e.toString());
        }
    }

    @Override
    public void close() {
        shipping.ifPresent(EventShipping::close);
    }
}
