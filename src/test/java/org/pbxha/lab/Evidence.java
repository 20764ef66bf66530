// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failed test leaves behind: of each node the journals, the agent's state and thread dump, what
 * Asterisk and the network looked like. A node that cannot be asked gives its files only.
 */
final class Evidence {
    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    /** File name and the command whose output it holds; in this order, so that the journal has the thread dump. */
    private static final Map<String, String[]> COMMANDS = new TreeMap<>(Map.ofEntries(
            command("10-thread-dump-asked", "systemctl", "kill", "--kill-who=main", "--signal=QUIT", "pbx-ha.service"),
            command("20-status", "pbx-ha", "status"),
            command("30-units", "systemctl", "list-units", "--all", "--no-pager", "--type=service"),
            command("31-failed", "systemctl", "--failed", "--no-pager"),
            command("40-processes", "ps", "axfwwo", "pid,ppid,stat,lstart,rss,args"),
            command("50-addresses", "ip", "address"),
            command("51-routes", "ip", "route"),
            command("52-sockets", "ss", "-anptu"),
            command("53-packet-filter", "iptables-save"),
            command("60-channels", "timeout", "5", "asterisk", "-rx", "core show channels verbose"),
            command("61-contacts", "timeout", "5", "asterisk", "-rx", "pjsip show contacts"),
            command("70-disks", "df", "-h"),
            command("90-journal-agent", "journalctl", "--no-pager", "-o", "short-precise", "-u", "pbx-ha.service"),
            command("91-journal", "journalctl", "--no-pager", "-o", "short-precise", "-n", "20000")));

    private static final List<String> DIRECTORIES =
            List.of("/var/log/asterisk", "/var/log/postgresql", "/var/lib/pbx-ha", "/etc/pbx-ha", "/var/log/journal");

    private final Path directory;

    Evidence(Path directory) {
        this.directory = directory;
    }

    void collect(Pair pair) {
        LOG.warn("evidence of the failure: {}", directory.toAbsolutePath());
        for (Node node : pair.nodes()) {
            Path target = directory.resolve(node.name());
            try {
                Files.createDirectories(target);
                if (canBeAsked(node)) {
                    ask(node, target);
                }
                takeFiles(node, target);
            } catch (IOException | LabException | DockerException e) {
                // The test has failed already: its own error is the one to report.
                LOG.error("no more evidence of {}: {}", node.name(), e.getMessage(), e);
            }
        }
    }

    /** Lines that the agents logged as errors since an instant, without those that the test expects. */
    List<String> unexpectedErrors(Pair pair, Instant since) {
        return pair.nodes().stream()
                .flatMap(node -> errors(node, since).lines().map(line -> node.name() + ": " + line))
                .filter(line -> !pair.expects(line))
                .toList();
    }

    private static String errors(Node node, Instant since) {
        return node.run(
                "journalctl",
                "--quiet",
                "--no-pager",
                "--output=cat",
                "--priority=err",
                "--unit=pbx-ha.service",
                "--since=@" + since.getEpochSecond());
    }

    private static boolean canBeAsked(Node node) {
        return Boolean.TRUE.equals(node.state().getRunning())
                && !Boolean.TRUE.equals(node.state().getPaused());
    }

    private static void ask(Node node, Path target) throws IOException {
        for (Map.Entry<String, String[]> entry : COMMANDS.entrySet()) {
            Result result = node.exec(entry.getValue());
            Files.writeString(target.resolve(entry.getKey() + ".txt"), result.toString());
        }
    }

    private static void takeFiles(Node node, Path target) throws IOException {
        for (String path : DIRECTORIES) {
            try (InputStream archive = node.archive(path)) {
                Path file = target.resolve(path.substring(1).replace('/', '-') + ".tar");
                Files.copy(archive, file, StandardCopyOption.REPLACE_EXISTING);
            } catch (DockerException absent) {
                LOG.info("{} has no {}", node.name(), path);
            }
        }
    }

    private static Map.Entry<String, String[]> command(String file, String... command) {
        return Map.entry(file, command);
    }
}
