// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pbxha.sync.ssh.SshException.Reason;

/** A real ssh and a real sshd. */
@SuppressWarnings("NullAway.Init")
class SshWordIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Sshd sshd;
    private SshKeys keys;
    private KnownHosts knownHosts;

    @BeforeEach
    void startSshd() throws Exception {
        sshd = new Sshd(directory);
        keys = SshKeys.create(directory.resolve("ours"), "pbx-ha-fence");
        knownHosts = sshd.pinned();
    }

    @AfterEach
    void stopSshd() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void givesTheForcedCommandTheWordAndReturnsItsAnswer() throws Exception {
        allow("echo \"heard $SSH_ORIGINAL_COMMAND\"");

        assertThat(say("check", LIMIT)).isEqualTo("heard check");
    }

    @Test
    void quotesAForcedCommandThatFails() throws Exception {
        allow("echo 'pbx-ha fence: asterisk is still there' >&2", "exit 1");

        fails(Reason.FORCED_COMMAND_FAILED, "says: pbx-ha fence: asterisk is still there");
    }

    @Test
    void isRefusedFromAnotherAddress() throws Exception {
        Path program = sshd.script("fence", "echo fenced");
        sshd.authorizedKeys().install(keys.publicKey(), new ForcedCommand(program, Optional.of("192.0.2.12")));

        fails(Reason.KEY_REFUSED, "refuses the key");
    }

    @Test
    void trustsNoOtherHost() throws Exception {
        allow("echo fenced");
        knownHosts.pin(Sshd.ADDRESS, sshd.port(), List.of(SshPublicKeyTest.KEY));

        fails(Reason.HOST_KEY_MISMATCH, "not pinned");
    }

    @Test
    void saysThatNobodyAnswers() {
        sshd.close();

        fails(Reason.UNREACHABLE, "cannot be reached");
    }

    @Test
    void givesUpSoonOnAFrozenServerThatTakesTheConnection() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SshTarget frozen =
                    new SshTarget(Sshd.ADDRESS, silent.getLocalPort(), "root", keys.privateKey(), knownHosts.file());
            long start = System.nanoTime();

            assertThatThrownBy(() -> new SshWord(frozen, Sshd.ADDRESS).say("fence", LIMIT))
                    .isInstanceOfSatisfying(
                            SshException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void givesUpInTimeOnAForcedCommandThatHangs() throws Exception {
        allow("exec sleep 60");

        assertThatThrownBy(() -> say("fence", Duration.ofSeconds(1)))
                .isInstanceOf(SshException.class)
                .hasMessageContaining("did not answer within 1 s");
    }

    @Test
    void saysNothingThatAShellWouldRead() {
        assertThatThrownBy(() -> say("fence; reboot", LIMIT)).isInstanceOf(IllegalArgumentException.class);
    }

    private void allow(String... lines) throws Exception {
        sshd.authorizedKeys()
                .install(keys.publicKey(), new ForcedCommand(sshd.script("fence", lines), Optional.of(Sshd.ADDRESS)));
    }

    private String say(String word, Duration limit) throws Exception {
        return new SshWord(sshd.target(keys, knownHosts), Sshd.ADDRESS).say(word, limit);
    }

    private void fails(Reason reason, String words) {
        assertThatThrownBy(() -> say("fence", LIMIT))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        SshException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
