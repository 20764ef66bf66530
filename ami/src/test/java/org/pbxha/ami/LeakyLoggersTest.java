// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LeakyLoggersTest {
    @Test
    void aWatchRefusesToStartWhereSecretsWouldReachTheLog() throws ClassNotFoundException {
        for (String name : LeakyLoggers.NAMES) {
            // The name of a class: a rename in the library must not leave the logger on.
            assertThat(Class.forName(name)).isNotNull();
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            logger.setLevel(Level.ERROR);
            assertThatThrownBy(() -> new AmiWatch(new AmiAccount("127.0.0.1", 5038, "pbx-ha", "s3cret")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("OFF");
            logger.setLevel(Level.OFF);
        }
    }

    @Test
    void anAccountDoesNotTellItsSecret() {
        assertThat(new AmiAccount("127.0.0.1", 5038, "pbx-ha", "s3cret").toString())
                .isEqualTo("pbx-ha@127.0.0.1:5038");
    }
}
