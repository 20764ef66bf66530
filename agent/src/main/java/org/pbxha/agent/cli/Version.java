// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.cli;

import org.pbxha.agent.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** The version for {@code pbx-ha --version} and {@code pbx-ha version}. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"pbx-ha " + BuildVersion.current() + " (Java " + Runtime.version() + ")"};
    }
}
