// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

/** What makes a changed option take effect. The agent reads its configuration when it starts. */
public enum AfterChange {
    /** {@code systemctl restart pbx-ha}; the service state does not move. */
    RESTART_AGENT("`systemctl restart pbx-ha`"),
    /** {@code pbx-ha setup}: files outside pbx-ha follow from this option. It restarts the agent as well. */
    SETUP_AGAIN("`pbx-ha setup` again");

    private final String text;

    AfterChange(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
