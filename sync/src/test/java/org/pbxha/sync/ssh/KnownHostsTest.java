// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
    private static final SshPublicKey KEY = SshPublicKeyTest.KEY;

    @TempDir
    private Path directory;

    @Test
    void namesThePortOnlyWhenItIsNotTheUsualOne() throws Exception {
        KnownHosts hosts = hosts();

        hosts.pin("10.0.0.2", 22, List.of(KEY));
        hosts.pin("10.0.0.2", 2222, List.of(KEY));
        hosts.pin("2001:db8::2", 22, List.of(KEY));

        assertThat(hosts.file())
                .hasContent(
                        "10.0.0.2 " + KEY.line() + "\n[10.0.0.2]:2222 " + KEY.line() + "\n2001:db8::2 " + KEY.line());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hosts.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void replacesTheKeysOfAnAddressAndLeavesItsNeighboursAlone() throws Exception {
        KnownHosts hosts = hosts();
        Files.writeString(hosts.file(), "10.0.0.2 ssh-rsa OLD\n10.0.0.2 ssh-dss OLDER\n10.0.0.22 ssh-rsa KEPT\n");

        hosts.pin("10.0.0.2", 22, List.of(KEY));
        assertThat(hosts.file()).hasContent("10.0.0.22 ssh-rsa KEPT\n10.0.0.2 " + KEY.line());

        hosts.unpin("10.0.0.2", 22);
        assertThat(hosts.file()).hasContent("10.0.0.22 ssh-rsa KEPT");
    }

    @Test
    void refusesAnAddressThatIsAPatternAndAnEmptyPin() {
        assertThatThrownBy(() -> hosts().pin("*", 22, List.of(KEY))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hosts().pin("a,b", 22, List.of(KEY))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hosts().pin("10.0.0.2", 22, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private KnownHosts hosts() {
        return new KnownHosts(directory.resolve("known_hosts"));
    }
}
