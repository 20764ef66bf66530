// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The loggers that must be off. asterisk-java writes the value of each attribute that it has no setter for as a warning, and
 * such values are lines of configuration files, passwords included. The logging configuration of the program turns them off
 * by name; {@link #requireSilent()} makes sure that nobody forgets.
 */
public final class LeakyLoggers {
    /** Names for the logging configuration, level OFF. Turning off {@code org.asteriskjava} as a whole covers them. */
    public static final List<String> NAMES =
            List.of("org.asteriskjava.manager.util.EventAttributesHelper", "org.asteriskjava.util.ReflectionUtil");

    private LeakyLoggers() {}

    static void requireSilent() {
        for (String name : NAMES) {
            if (LoggerFactory.getLogger(name).isErrorEnabled()) {
                throw new IllegalStateException(
                        "The logger " + name + " would write secrets to the log: set its level to OFF");
            }
        }
    }
}
