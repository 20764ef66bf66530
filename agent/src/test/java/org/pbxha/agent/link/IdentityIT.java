// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityIT {
    @TempDir
    Path directory;

    @Test
    void makesAnEcKeyThatLastsLongerThanTheMachine() throws Exception {
        Identity identity = Identity.ensure(directory);
        assertThat(identity.certificate().getPublicKey())
                .isInstanceOfSatisfying(
                        ECPublicKey.class,
                        key -> assertThat(key.getParams().getOrder().bitLength())
                                .isEqualTo(256));
        assertThat(identity.certificate().getNotAfter()).isAfter(Instant.now().plus(90 * 365, ChronoUnit.DAYS));
    }

    @Test
    void keepsTheIdentityItFinds() throws Exception {
        Fingerprint first = Identity.ensure(directory).fingerprint();
        assertThat(Identity.ensure(directory).fingerprint()).isEqualTo(first);
    }

    @Test
    void leavesTwoPrivateFilesAndNothingElse() throws Exception {
        Identity.ensure(directory);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .extracting(file -> file.getFileName() + " "
                            + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .containsExactlyInAnyOrder(Identity.KEY_FILE + " rw-------", Identity.PASSWORD_FILE + " rw-------");
        }
    }

    @Test
    void survivesAnInterruptionBetweenItsTwoFiles() throws Exception {
        Identity.ensure(directory);
        Files.delete(directory.resolve(Identity.KEY_FILE));
        assertThat(Identity.ensure(directory).certificate()).isNotNull();
    }

    @Test
    void clearsAwayWhatAnInterruptedRunHasLeft() throws Exception {
        Path left = Files.createDirectory(directory.resolve("identity.new.123"));
        Files.writeString(left.resolve(Identity.KEY_FILE), "half");
        Identity.ensure(directory);
        assertThat(left).doesNotExist();
        Files.createDirectory(left);
        Identity.remove(directory);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesToReplaceAnIdentityItCannotRead() throws Exception {
        Identity.ensure(directory);
        Files.writeString(directory.resolve(Identity.PASSWORD_FILE), "another\n");
        assertThatThrownBy(() -> Identity.ensure(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Identity.KEY_FILE)
                .hasMessageContaining("pbx-ha setup disable");
    }

    @Test
    void findsNoPeerBeforePairingAndThePinnedOneAfter() throws Exception {
        assertThat(PinnedPeer.load(directory)).isEmpty();
        Identity identity = Identity.ensure(directory);
        Files.writeString(directory.resolve(PinnedPeer.FILE), Certificates.pem(identity.certificate()));
        assertThat(PinnedPeer.load(directory)).contains(identity.certificate());
    }

    @Test
    void aBrokenPinIsAnErrorAndNotAnUnpairedNode() throws Exception {
        Files.writeString(directory.resolve(PinnedPeer.FILE), "-----BEGIN CERTIFICATE-----\n");
        assertThatThrownBy(() -> PinnedPeer.load(directory)).hasMessageContaining(PinnedPeer.FILE);
    }
}
