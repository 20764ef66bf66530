// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import org.pbxha.agent.cli.RootCommand;

/** Entry point of the command line and of the daemon. */
public final class Main {
    /** What logback-cli.xml takes for the messages of pbx-ha itself. */
    static final String LEVEL = "pbx-ha.level";

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        boolean daemon = args.length > 0 && args[0].equals("agent");
        if (!daemon) {
            System.setProperty("logback.configurationFile", "logback-cli.xml");
            System.setProperty(LEVEL, level(args));
        }
        System.exit(RootCommand.execute(args));
    }

    /** Each step of `services start` and `stop` is worth a line; in the dialogue of setup, say, it would get between. */
    static String level(String[] args) {
        return args.length > 0 && args[0].equals("services") ? "INFO" : "WARN";
    }
}
