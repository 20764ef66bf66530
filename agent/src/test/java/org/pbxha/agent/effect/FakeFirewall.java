// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;

/** The nft of a machine that has nothing else; any other call is an error of the test. */
final class FakeFirewall implements ProgramRunner {
    static final Path NFT = Path.of("/usr/sbin/nft");
    static final String ABSENT = "Error: No such file or directory\nlist table inet pbx_ha\n";

    final Set<Path> files = ConcurrentHashMap.newKeySet();
    final List<String> scripts = new CopyOnWriteArrayList<>();
    volatile @Nullable String table;
    volatile String failure = "";
    volatile boolean ignoresChanges;

    FakeFirewall() {
        files.add(NFT);
    }

    @Override
    public Outcome run(Command command) {
        if (!failure.isEmpty()) {
            return outcome(1, "", failure);
        }
        List<String> arguments = command.argv().subList(1, command.argv().size());
        if (arguments.equals(List.of("-f", "-"))) {
            String script = String.valueOf(command.stdin());
            scripts.add(script);
            int begin = script.indexOf("table inet pbx_ha {");
            if (!ignoresChanges) {
                table = begin < 0 ? null : script.substring(begin);
            }
            return outcome(0, "", "");
        }
        if (arguments.equals(List.of("list", "table", "inet", "pbx_ha"))) {
            String now = table;
            return now == null ? outcome(1, "", ABSENT) : outcome(0, now, "");
        }
        throw new AssertionError("nobody expects " + command);
    }

    static Outcome outcome(int exit, String output, String errors) {
        return new Outcome(exit, output, errors, false, Duration.ZERO);
    }
}
