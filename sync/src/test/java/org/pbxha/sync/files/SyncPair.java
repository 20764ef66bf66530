// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pbxha.sync.Cancellation;
import org.pbxha.sync.Requirement;
import org.pbxha.sync.SyncException;
import org.pbxha.sync.ssh.ForcedCommand;
import org.pbxha.sync.ssh.KnownHosts;
import org.pbxha.sync.ssh.SshKeys;
import org.pbxha.sync.ssh.SshTarget;
import org.pbxha.sync.ssh.Sshd;

/**
 * A master and a slave on one machine, with a real sshd and rsync between them. Sync copies between equal paths, so
 * here the slave's module of {@code here} leads to {@code there}.
 */
final class SyncPair implements AutoCloseable {
    private final Path directory;
    private final Sshd sshd;
    private final SshKeys keys;
    private final KnownHosts knownHosts;
    private final Path configuration;

    SyncPair(Path directory) throws Exception {
        Requirement.root();
        Requirement.program("/usr/bin/rsync", "rsync");
        this.directory = directory.toRealPath();
        sshd = new Sshd(this.directory);
        keys = SshKeys.create(this.directory.resolve("ours"), "pbx-ha-sync");
        knownHosts = sshd.pinned();
        configuration = this.directory.resolve("rsyncd.conf");
        Files.createDirectories(here());
        Files.createDirectories(there());
        configure(Path.of("src/main/sh/sync-names").toAbsolutePath());
        forceCommand("exec /usr/bin/rsync --server --daemon --config=" + configuration + " .");
    }

    Path here() {
        return directory.resolve("master/here");
    }

    Path there() {
        return directory.resolve("slave/there");
    }

    /** Writes {@code here/NAME} or {@code there/NAME}. */
    Path write(String name, String content) throws IOException {
        Path side = name.startsWith("here/") ? here() : there();
        Path file = side.resolve(name.substring(name.indexOf('/') + 1));
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, content);
    }

    void forceCommand(String script) throws IOException {
        sshd.authorizedKeys().install(keys.publicKey(), new ForcedCommand(sshd.script("receive", script)));
    }

    void convertNames(String script) throws IOException {
        configure(sshd.script("names", script));
    }

    void forgetKey() throws IOException {
        sshd.authorizedKeys().remove();
    }

    void forgetHost() throws IOException {
        knownHosts.unpin(Sshd.ADDRESS, sshd.port());
    }

    void moveThereAway() throws IOException {
        Files.move(there(), there().resolveSibling("away"));
    }

    SshTarget target() {
        return sshd.target(keys, knownHosts);
    }

    FileSyncReport sync() throws SyncException, InterruptedException {
        return sync(new SyncDirectory(here()));
    }

    FileSyncReport sync(SyncDirectory... directories) throws SyncException, InterruptedException {
        return sync(Duration.ofSeconds(30), directories);
    }

    FileSyncReport sync(Duration limit, SyncDirectory... directories) throws SyncException, InterruptedException {
        return FileSync.run(request(limit, directories), new Cancellation());
    }

    FileSyncRequest request(Duration limit, SyncDirectory... directories) {
        return new FileSyncRequest(
                target(), List.of(directories), Duration.ofSeconds(5), Duration.ofSeconds(20), limit);
    }

    @Override
    public void close() {
        sshd.close();
    }

    private void configure(Path nameConverter) throws IOException {
        String text = RsyncModules.render(List.of(new SyncDirectory(here())), nameConverter);
        Files.writeString(configuration, text.replace("path = " + here(), "path = " + there()));
    }
}
