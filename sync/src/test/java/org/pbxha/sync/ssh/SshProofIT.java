// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.sync.process.BoundedProcess;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.ssh.SshException.Reason;

@SuppressWarnings("NullAway.Init")
class SshProofIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Sshd sshd;
    private SshKeys keys;
    private KnownHosts knownHosts;

    @BeforeEach
    void startSshd() throws Exception {
        sshd = new Sshd(directory);
        keys = SshKeys.create(directory.resolve("ours"), "pbx-ha-sync");
        knownHosts = sshd.pinned();
    }

    @AfterEach
    void stopSshd() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void provesAKeyThatOnlyReachesTheRsyncDaemon() throws Exception {
        Path receive = sshd.script("receive", "exec /usr/bin/rsync --server --daemon --config=/dev/null .");
        sshd.authorizedKeys().install(keys.publicKey(), new ForcedCommand(receive));

        assertThatCode(this::prove).doesNotThrowAnyException();
    }

    @Test
    void noticesAKeyThatOpensAShell() throws Exception {
        Files.writeString(sshd.authorizedKeysFile(), keys.publicKey().line() + "\n");

        fails(Reason.FORCED_COMMAND_MISSING, "opens a shell");
    }

    @Test
    void noticesAKeyThatMayForwardPorts() throws Exception {
        Path receive = sshd.script("receive", "exec /usr/bin/rsync --server --daemon --config=/dev/null .");
        Files.writeString(
                sshd.authorizedKeysFile(),
                "command=\"" + receive + "\" " + keys.publicKey().line() + "\n");

        fails(Reason.NOT_RESTRICTED, "may forward ports");
    }

    @Test
    void noticesAnUnknownKey() {
        fails(Reason.KEY_REFUSED, "refuses the sync key");
    }

    @Test
    void noticesAHostThatShowsAnotherKey() throws Exception {
        knownHosts.pin(Sshd.ADDRESS, sshd.port(), List.of(SshPublicKeyTest.KEY));

        fails(Reason.HOST_KEY_MISMATCH, "not pinned");
    }

    @Test
    void noticesAHostThatWasNeverPinned() throws Exception {
        knownHosts.unpin(Sshd.ADDRESS, sshd.port());

        fails(Reason.HOST_KEY_MISMATCH, "not pinned");
    }

    @Test
    void noticesThatNobodyAnswers() {
        sshd.close();

        fails(Reason.UNREACHABLE, "no SSH answer from");
    }

    @Test
    void givesUpInTimeOnAServerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SshTarget target =
                    new SshTarget(Sshd.ADDRESS, silent.getLocalPort(), "root", keys.privateKey(), knownHosts.file());

            assertThatThrownBy(() -> SshProof.prove(target, Duration.ofSeconds(1)))
                    .isInstanceOfSatisfying(
                            SshException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
        }
    }

    @Test
    void givesUpInTimeOnAForcedCommandThatSaysNothing() throws Exception {
        sshd.authorizedKeys().install(keys.publicKey(), new ForcedCommand(sshd.script("receive", "exec sleep 60")));

        assertThatThrownBy(() -> SshProof.prove(sshd.target(keys, knownHosts), Duration.ofSeconds(2)))
                .isInstanceOfSatisfying(
                        SshException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORCED_COMMAND_FAILED));
    }

    @Test
    void quotesARefusalOfThePeer() throws Exception {
        sshd.authorizedKeys()
                .install(
                        keys.publicKey(),
                        new ForcedCommand(sshd.script(
                                "receive", "echo 'pbx-ha sync: refused: this node is active' >&2", "exit 4")));

        fails(Reason.REFUSED_BY_PEER, "refuses: this node is active");
    }

    @Test
    void quotesAForcedCommandThatFails() throws Exception {
        sshd.authorizedKeys().install(keys.publicKey(), new ForcedCommand(directory.resolve("absent")));

        fails(Reason.FORCED_COMMAND_FAILED, "absent");
    }

    @Test
    void makesAKeyThatOpenSshReadsAndKeepsItTheNextTime() throws Exception {
        String fingerprint = BoundedProcess.run(Command.of(
                        LIMIT,
                        "/usr/bin/ssh-keygen",
                        "-l",
                        "-f",
                        keys.privateKey().toString()))
                .output();

        assertThat(fingerprint).contains(keys.publicKey().fingerprint()).contains("(ED25519)");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.privateKey())))
                .isEqualTo("rw-------");
        assertThat(SshKeys.create(directory.resolve("ours"), "pbx-ha-sync")).isEqualTo(keys);
        assertThat(directory.resolve("ours/id_ed25519.pub"))
                .content()
                .isEqualTo(keys.publicKey().line() + " pbx-ha-sync\n");
    }

    @Test
    void saysThatADamagedKeyCannotBeRead() throws Exception {
        Files.writeString(keys.privateKey(), "damaged");

        assertThatThrownBy(() -> SshKeys.create(directory.resolve("ours"), "pbx-ha-sync"))
                .isInstanceOfSatisfying(
                        SshException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCAL_FILES));
        fails(Reason.LOCAL_FILES, "id_ed25519");
    }

    private void prove() throws SshException {
        SshProof.prove(sshd.target(keys, knownHosts), LIMIT);
    }

    private void fails(Reason reason, String words) {
        assertThatThrownBy(this::prove).hasMessageContaining(words).isInstanceOfSatisfying(SshException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.hint()).isNotBlank();
        });
    }
}
