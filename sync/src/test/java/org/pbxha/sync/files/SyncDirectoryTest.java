// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncDirectoryTest {
    @ParameterizedTest
    @CsvSource({
        "/etc/asterisk/extensions_extra.d, etc-asterisk-extensions_extra.d",
        "/var/lib/asterisk/moh/, var-lib-asterisk-moh",
        "/var/lib/asterisk/agi-bin, var-lib-asterisk-agi=2Dbin",
        "/var/lib-asterisk/agi/bin, var-lib=2Dasterisk-agi-bin",
        "/a=2Db, a=3D2Db",
        "/srv/sons é, srv-sons=20=C3=A9",
        "/srv/[x], srv-=5Bx=5D"
    })
    void namesEachDirectoryAfterItsPathSoThatNoTwoMeet(String path, String name) {
        assertThat(SyncDirectory.of(path).moduleName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relative",
                "/",
                "/a/../b",
                "/a/./b",
                "/a%b",
                "/a\\",
                "/a\nuid = 0",
                "/a ",
                "/etc",
                "/var",
                "/var/lib/pbx-ha",
                "/etc/pbx-ha/profiles"
            })
    void refusesWhatRsyncWouldMisreadOrWhatIsOurOwn(String path) {
        assertThatThrownBy(() -> SyncDirectory.of(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rendersOneModuleForEachDirectory() {
        String configuration = RsyncModules.render(
                List.of(SyncDirectory.of("/etc/asterisk/extensions_extra.d"), SyncDirectory.of("/var/lib/x-y")),
                Path.of("/usr/lib/pbx-ha/sync-names"));

        assertThat(configuration)
                .endsWith("""

                        [etc-asterisk-extensions_extra.d]
                        path = /etc/asterisk/extensions_extra.d

                        [var-lib-x=2Dy]
                        path = /var/lib/x-y
                        """)
                .contains("use chroot = yes\n", "name converter = /usr/lib/pbx-ha/sync-names\n", "write only = yes\n");
    }
}
