// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.splitbrain;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.core.State;
import org.pbxha.agent.link.PeerCall;
import org.pbxha.agent.link.PeerException;
import org.pbxha.agent.link.PeerRefusal;
import org.pbxha.agent.link.PeerRoute;
import org.pbxha.agent.state.Meeting;
import org.pbxha.agent.state.NodeState;

/** A node of a test: its state survives {@link #restart}, its agent does not. */
final class FakePlace implements Place {
    final List<SplitBrain> hooks = new ArrayList<>();
    final List<String> journal = new ArrayList<>();
    private final Role role;
    private final Path directory;

    @Nullable
    Meeting meeting;

    @Nullable
    FakePlace other;

    Instant since = Instant.EPOCH;
    Writes writes;
    boolean reachable = true;
    boolean active;
    boolean forgetsToClose;
    int gathered;
    SplitBrainKeeper agent;

    FakePlace(Role role, Path directory) {
        this.role = role;
        this.directory = directory;
        this.writes = writes(Instant.EPOCH, role == Role.MASTER ? 1 : 2);
        this.agent = agent();
    }

    static Writes writes(Instant asOf, int rows) {
        return new Writes(
                asOf,
                new Writes.Rows(Instant.EPOCH, rows, 0, List.of(new Writes.Table("users", rows, 0)), 1, ""),
                new Writes.Paths(Instant.EPOCH, 1, List.of("/a/file"), ""));
    }

    void restart() {
        agent = agent();
    }

    void meets(Meeting with) {
        meeting = with;
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            agent.step();
        }
    }

    private SplitBrainKeeper agent() {
        SplitBrainStore store = new SplitBrainStore(directory);
        return new SplitBrainKeeper(role, store, new OpenReport(role, store), this, this::gather, this::post);
    }

    private Writes gather(SplitBrain report) {
        gathered++;
        return writes;
    }

    private String post(String path, String json) throws PeerException {
        FakePlace there = other;
        if (there == null || !there.reachable) {
            throw new PeerException(PeerException.Kind.UNREACHABLE, "no answer", "");
        }
        PeerRoute route = SplitBrainRoutes.of(there.agent, () -> there.active).stream()
                .filter(known -> known.path().equals(path))
                .findFirst()
                .orElseThrow();
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere", 1);
        try {
            return route.handler()
                    .answer(new PeerCall(null, nowhere, nowhere, "", Map.of(), json, InputStream.nullInputStream()));
        } catch (PeerRefusal e) {
            throw new PeerException(PeerException.Kind.REFUSED, String.valueOf(e.getMessage()), e.hint());
        } catch (IOException e) {
            throw new PeerException(PeerException.Kind.REFUSED, "failed on the peer", "");
        }
    }

    @Override
    public Optional<NodeState> state() {
        return Optional.of(new NodeState(role, State.initial(role), "boot", since, 0, "").withMeeting(meeting));
    }

    @Override
    public void open(Meeting told) {
        if (meeting == null) {
            meeting = told;
        }
    }

    @Override
    public void close(SplitBrain report) {
        if (!forgetsToClose && report.has(meeting)) {
            meeting = null;
        }
    }

    @Override
    public void note(String text) {
        journal.add(text);
    }

    @Override
    public void tell(SplitBrain report) {
        hooks.add(report);
    }
}
