// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.control;

import java.io.IOException;
import java.nio.file.Path;

/** No agent answers on the control socket. */
public final class AgentNotRunningException extends IOException {
    private static final long serialVersionUID = 1L;

    AgentNotRunningException(Path socket, IOException cause) {
        super(
                "no agent answers on " + socket + " (" + cause.getMessage()
                        + "); run this as root and look at `systemctl status pbx-ha`",
                cause);
    }
}
