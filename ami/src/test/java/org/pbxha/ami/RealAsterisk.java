// SPDX-License-Identifier: Apache-2.0
package org.pbxha.ami;

import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Asterisk in a container of the lab's node image, without systemd: the test starts, signals and reconfigures it. Tests
 * that need it are skipped where the lab's images are not built.
 */
final class RealAsterisk implements AutoCloseable {
    static final int SIP_PORT = 5060;
    static final int MANAGER_PORT = 5038;
    static final String LOGS = "/var/log/asterisk/";

    private static final String IMAGES = System.getProperty("pbxha.lab.image", "pbx-ha-lab/node");
    private static final String LOGGER = """
            [general]
            [logfiles]
            security => security
            full => notice,warning,error,verbose(5)
            fail2ban => notice,security
            """;

    private final String container;

    RealAsterisk(String suite) {
        String image = IMAGES + ":" + suite;
        Assumptions.assumeTrue(Docker.hasImage(image), "the lab image " + image + " is not built");
        container =
                Docker.run("run", "-d", "--init", "--cap-add", "NET_ADMIN", "--entrypoint", "sleep", image, "infinity");
        configure("logger.conf", LOGGER);
    }

    /** Writes a file below /etc/asterisk. */
    void configure(String file, String content) {
        shellWithInput(content, "mkdir -p /etc/asterisk/manager.d && cat > /etc/asterisk/" + file);
    }

    /** Starts Asterisk and waits until it is fully booted. */
    void start() {
        launch();
        await().atMost(Duration.ofMinutes(1)).until(this::isBooted);
    }

    /** Starts Asterisk and does not wait. */
    void launch() {
        shell("mkdir -p /run/asterisk && chown asterisk /run/asterisk && asterisk -U asterisk -G asterisk");
    }

    private boolean isBooted() {
        return Docker.execute("", List.of("exec", container, "asterisk", "-rx", "core waitfullybooted"))
                .output()
                .contains("fully booted");
    }

    String cli(String command) {
        return Docker.run("exec", container, "asterisk", "-rx", command);
    }

    String shell(String script) {
        return shellWithInput("", script);
    }

    private String shellWithInput(String input, String script) {
        return Docker.runWithInput(input, "exec", "-i", container, "sh", "-c", script);
    }

    /** Sends a signal to Asterisk: STOP hangs it, CONT lets it go on, KILL crashes it. */
    void signal(String name) {
        shell("pkill -" + name + " -x asterisk");
    }

    /** Lines in all log files but those of the start. */
    long logLines() {
        return Long.parseLong(shell("cat " + LOGS + "security " + LOGS + "full " + LOGS + "fail2ban | wc -l"));
    }

    String logTail() {
        return shell("tail -n 5 " + LOGS + "security " + LOGS + "full " + LOGS + "fail2ban");
    }

    InetSocketAddress sip() {
        return new InetSocketAddress(inspect("{{.NetworkSettings.IPAddress}}"), SIP_PORT);
    }

    /** The address that this test comes from, as Asterisk sees it. */
    InetAddress us() throws UnknownHostException {
        return InetAddress.getByName(inspect("{{.NetworkSettings.Gateway}}"));
    }

    String container() {
        return container;
    }

    private String inspect(String format) {
        return Docker.run("inspect", "-f", format, container);
    }

    @Override
    public void close() {
        Docker.run("rm", "-f", container);
    }
}
