// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up logging. In Java and not in a file for logback, so that neither the agent nor any command loads an XML parser for a
 * dozen lines.
 */
public final class Logging {
    private static final List<String> TALKATIVE = List.of("io.undertow", "org.xnio", "org.jboss", "org.quartz");

    /** Its messages carry values of Asterisk's configuration, passwords among them. */
    private static final String LEAKY = "org.asteriskjava";

    private Logging() {}

    /** For the agent: standard output, which systemd passes to its journal with time and unit. */
    public static void toJournal() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        configure(context, ConsoleTarget.SystemOut, new LineLayout(LineLayout::systemdLevel), Level.INFO, Level.INFO);
    }

    /**
     * For a person at a terminal: what is done goes beside the answer, to standard error.
     *
     * @param words the command: each step of {@code services} is worth a line; in the dialogue of setup, say, it would
     *     get between
     */
    public static void toTerminal(String... words) {
        toTerminal((LoggerContext) LoggerFactory.getILoggerFactory(), words);
    }

    static void toTerminal(LoggerContext context, String... words) {
        boolean steps = words.length > 0 && words[0].equals("services");
        LineLayout layout = new LineLayout(level -> "");
        configure(context, ConsoleTarget.SystemErr, layout, Level.WARN, steps ? Level.INFO : Level.WARN);
    }

    private static void configure(
            LoggerContext context, ConsoleTarget target, LineLayout layout, Level others, Level own) {
        context.reset();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget(target.getName());
        console.setEncoder(encoder);
        console.start();

        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(others);
        root.addAppender(console);
        context.getLogger("org.pbxha").setLevel(own);
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        context.getLogger(LEAKY).setLevel(Level.OFF);
    }
}
