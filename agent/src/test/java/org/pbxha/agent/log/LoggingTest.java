// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.pbxha.ami.LeakyLoggers;

class LoggingTest {
    @Test
    void tellsTheStepsOfServicesAndKeepsOutOfTheDialogueOfSetup() {
        assertThat(saysInfo("services", "start")).isTrue();
        assertThat(saysInfo("setup", "master")).isFalse();
        assertThat(saysInfo()).isFalse();
    }

    @Test
    void whatWouldWriteSecretsIsSilent() {
        LoggerContext context = new LoggerContext();
        Logging.toTerminal(context);
        assertThat(LeakyLoggers.NAMES).noneMatch(name -> context.getLogger(name).isErrorEnabled());
    }

    @Test
    void linesOfTheJournalBeginWithTheirLevelAndEndWithAShortTrace() {
        LineLayout layout = new LineLayout(LineLayout::systemdLevel);
        layout.start();
        LoggingEvent event = new LoggingEvent(
                "", new LoggerContext().getLogger("test"), Level.WARN, "disk {}", deep(50), new Object[] {"full"});
        assertThat(layout.doLayout(event).lines())
                .hasSizeBetween(12, 16)
                .startsWith("<4>disk full", "java.lang.IllegalStateException: far down");
    }

    private static RuntimeException deep(int frames) {
        return frames == 0 ? new IllegalStateException("far down") : deep(frames - 1);
    }

    private static boolean saysInfo(String... words) {
        LoggerContext context = new LoggerContext();
        Logging.toTerminal(context, words);
        Logger own = context.getLogger("org.pbxha.agent");
        assertThat(own.isWarnEnabled()).isTrue();
        return own.isInfoEnabled();
    }
}
