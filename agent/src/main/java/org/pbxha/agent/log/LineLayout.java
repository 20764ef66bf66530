// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.List;
import java.util.function.Function;

/** The message, with something before it, and a short stack trace when there is an exception. */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    private static final String FRAMES = "12";

    private final Function<Level, String> prefix;
    private final ThrowableProxyConverter stackTrace = new ThrowableProxyConverter();

    LineLayout(Function<Level, String> prefix) {
        this.prefix = prefix;
        stackTrace.setOptionList(List.of(FRAMES));
    }

    /** The level the way journald reads it at the start of a line, so that {@code journalctl -p warning} works. */
    static String systemdLevel(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "<3>";
            case Level.WARN_INT -> "<4>";
            case Level.INFO_INT -> "<6>";
            default -> "<7>";
        };
    }

    @Override
    public void start() {
        stackTrace.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return prefix.apply(event.getLevel())
                + event.getFormattedMessage()
                + System.lineSeparator()
                + stackTrace.convert(event);
    }
}
