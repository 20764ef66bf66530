// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import org.pbxha.agent.cli.RootCommand;
import org.pbxha.agent.log.Logging;

/** Entry point of the command line and of the daemon. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        boolean daemon = args.length > 0 && args[0].equals("agent");
        if (daemon) {
            Logging.toJournal();
        } else {
            Logging.toTerminal(args);
        }
        System.exit(RootCommand.execute(args));
    }
}
