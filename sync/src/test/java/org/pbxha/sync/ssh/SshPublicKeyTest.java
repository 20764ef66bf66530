// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshPublicKeyTest {
    static final SshPublicKey KEY = SshPublicKey.parse(
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAX1HCwjsYg2Gr4+93p1F13GDf7yIiL0nHwysTAGjJjG somebody@somewhere");

    @Test
    void readsALineAndForgetsItsComment() {
        assertThat(KEY.type()).isEqualTo("ssh-ed25519");
        assertThat(KEY.line()).startsWith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5").doesNotContain("somebody");
    }

    @Test
    void showsTheFingerprintThatSshKeygenShows() {
        assertThat(KEY.fingerprint()).isEqualTo("SHA256:pkOleU0EPXALt9KQpwlJvOY825Z2hHms1lMfnLyQlTs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 AAAA",
                "command=\"/bin/sh\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAX1HCwjsYg2Gr4+93p1F13GDf7yIiL0nHwysTAGjJjG",
                "@cert-authority * ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAX1HCwjsYg2Gr4+93p1F13GDf7yIiL0nHwysTAGjJjG",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAX1HCwjsYg2Gr4+93p1F13GDf7yIiL0nHwysTAGjJjG",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAX1HCwjsYg2Gr4+93p1F13GDf7yIiL0nHwysTAGjJjG\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAX1HCwjsYg2Gr4+93p1F13GDf7yIiL0nHwysTAGjJjG",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAX1HCwjsYg2Gr4+93p1F13GDf7yIiL0nHwysTAGjJjG comment\rcommand",
                "ssh-ed25519 ////////////////////////////////////////////////////////"
            })
    void refusesEverythingButOneKey(String line) {
        assertThatThrownBy(() -> SshPublicKey.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
