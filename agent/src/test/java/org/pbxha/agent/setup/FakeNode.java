// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.link.Certificates;
import org.pbxha.agent.link.Identity;
import org.pbxha.agent.link.PeerServer;
import org.pbxha.agent.link.PinnedPeer;
import org.pbxha.agent.profile.Profile;

/**
 * A node whose changes are real where pairing needs them (identity, pinned peer, an agent that listens) and small files
 * elsewhere.
 */
final class FakeNode implements NodeMachinery, AutoCloseable {
    final Path directory;
    final int port;
    final List<Reach> reached = new CopyOnWriteArrayList<>();
    final List<PairedNode> planned = new CopyOnWriteArrayList<>();
    List<Check> local = List.of(Check.ok("rsync is there"));
    List<Check> compared = List.of(Check.ok("both run pbx-ha 0.1.0"));
    List<Check> peerChecks = List.of();
    Check proof = Check.ok("the key of sync opens the forced command");
    volatile @Nullable String failingChange;
    private @Nullable PeerServer agent;

    FakeNode(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    @Override
    public List<Check> checkLocal(Role role, Profile profile) {
        return local;
    }

    @Override
    public NodeFacts facts(Role role, Profile profile) {
        return new NodeFacts(
                "0.1.0",
                role,
                profile.name(),
                role.name(),
                role.name(),
                Instant.now(),
                List.of("127.0.0.1"),
                "22",
                true,
                "18",
                "UTF8",
                List.of("ssh-ed25519 host-key-of-" + role),
                List.of());
    }

    @Override
    public List<Check> checkReachable(Reach reach) {
        reached.add(reach);
        return List.of(Check.ok("ping answers"));
    }

    @Override
    public List<Check> comparePeers(NodeFacts own, NodeFacts peer) {
        return compared;
    }

    @Override
    public List<Check> checkPeer(InetAddress peer, String peerCertificate) {
        return peerChecks;
    }

    @Override
    public Plan planKeys(Role role) {
        return new Plan(
                List.of(new Step("identity", directory.resolve(Identity.KEY_FILE), this::makeIdentity)), record());
    }

    @Override
    public String ownKey(Role role) throws IOException {
        return "key-of-" + role + "-"
                + Identity.ensure(directory).fingerprint().toString().substring(0, 8);
    }

    @Override
    public Plan plan(PairedNode node) {
        planned.add(node);
        List<Change> changes = new ArrayList<>();
        changes.add(new Step("identity", directory.resolve(Identity.KEY_FILE), this::makeIdentity));
        changes.add(new Step("pin", directory.resolve(PinnedPeer.FILE), file -> write(file, node.peerCertificate())));
        changes.add(new Step("state", directory.resolve("state"), file -> write(file, node.role() + "\n")));
        changes.add(new Step("agent", directory.resolve("agent"), file -> startAgent(file)));
        return new Plan(changes, record());
    }

    @Override
    public Check proveSync(InetAddress slave, int sshPort) {
        return proof;
    }

    @Override
    public boolean isUntouched() throws IOException {
        return record().isEmpty();
    }

    @Override
    public void disable(Consumer<String> progress) throws IOException, SetupException {
        close();
        record().undoAll(progress);
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
    }

    /** keytool takes a second; two identities serve all tests. */
    private void makeIdentity(Path file) throws IOException {
        Path made = Files.createDirectories(
                Path.of("target", "identities").resolve(directory.getFileName().toString()));
        Identity.ensure(made);
        for (String name : List.of(Identity.PASSWORD_FILE, Identity.KEY_FILE)) {
            Files.copy(made.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    void startAgent() throws IOException {
        startAgent(directory.resolve("agent"));
    }

    private void startAgent(Path file) throws IOException {
        Identity identity = Identity.ensure(directory);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        agent = PeerServer.start(address, identity, "0.1.0", this::pinned, () -> false, List.of());
        write(file, "runs\n");
    }

    private Optional<X509Certificate> pinned() {
        try {
            return Optional.of(Certificates.parse(Files.readString(directory.resolve(PinnedPeer.FILE))));
        } catch (IOException | CertificateException e) {
            return Optional.empty();
        }
    }

    private UndoRecord record() {
        Undo remove = (subject, memory) -> {
            Files.deleteIfExists(Path.of(subject));
            return subject + ": removed";
        };
        return new UndoRecord(directory.resolve("setup.json"), Map.of("step", remove));
    }

    private interface Work {
        void on(Path file) throws IOException;
    }

    private final class Step implements Change {
        private final String name;
        private final Path file;
        private final Work work;

        Step(String name, Path file, Work work) {
            this.name = name;
            this.file = file;
            this.work = work;
        }

        @Override
        public String id() {
            return "step " + file;
        }

        @Override
        public String describe() {
            return "make the " + name;
        }

        @Override
        public boolean isDone() {
            return Files.exists(file);
        }

        @Override
        public Map<String, String> before() {
            return Map.of();
        }

        @Override
        public void apply() throws IOException {
            if (name.equals(failingChange)) {
                throw new IOException("no space left on device");
            }
            work.on(file);
        }
    }
}
