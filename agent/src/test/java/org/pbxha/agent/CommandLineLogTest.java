// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CommandLineLogTest {
    @Test
    void tellsTheStepsOfServicesAndKeepsOutOfTheDialogueOfSetup() throws Exception {
        assertThat(saysInfo("services", "start")).isTrue();
        assertThat(saysInfo("setup", "master")).isFalse();
        assertThat(saysInfo()).isFalse();
    }

    private static boolean saysInfo(String... args) throws Exception {
        LoggerContext context = new LoggerContext();
        context.putProperty(Main.LEVEL, Main.level(args));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(Main.class.getResource("/logback-cli.xml")));
        assertThat(context.getLogger("org.pbxha.agent").isWarnEnabled()).isTrue();
        return context.getLogger("org.pbxha.agent").isInfoEnabled();
    }
}
