// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.effect.ProgramRunner;
import org.pbxha.sync.process.Command;
import org.pbxha.sync.process.Outcome;

/** The programs of a node: systemd, Asterisk, PostgreSQL. Strict: a call that it does not know fails the test. */
final class FakeNode implements ProgramRunner, AutoCloseable {
    final List<String> calls = new ArrayList<>();
    final FakePostgres postgres = new FakePostgres();

    final List<String> sipDrivers = new ArrayList<>(List.of("chan_sip.so"));
    boolean wazo;
    boolean asteriskRuns = true;
    boolean managerOn = true;
    boolean readsManagerDirectory = true;
    boolean agentEnabled;
    boolean agentStarts = true;
    String systemd = "systemd 247 (247.3-7)\n+PAM";

    @Nullable
    Process agent;

    Programs programs() {
        return new Programs(
                this,
                program -> !program.toString().equals(Neighbours.FAIL2BAN)
                        && (wazo || !program.toString().equals(Neighbours.WAZO_CONFGEN)));
    }

    @Override
    public Outcome run(Command command) {
        List<String> argv = command.argv();
        String line = String.join(" ", argv);
        calls.add(line);
        if (line.startsWith("/usr/sbin/asterisk -rx ")) {
            return asteriskRuns ? ok(console(argv.get(2))) : failed(1, "Unable to connect to remote asterisk");
        } else if (line.equals("/usr/sbin/asterisk -V")) {
            return ok("Asterisk 16.28.0~dfsg-0+deb11u4\n");
        } else if (line.startsWith("/bin/systemctl ")) {
            return systemctl(line.substring("/bin/systemctl ".length()));
        } else if (line.startsWith("/sbin/runuser -u postgres -- /usr/bin/psql ")) {
            return ok(postgres.run(String.valueOf(command.stdin())));
        } else if (line.startsWith("/usr/bin/psql ")) {
            return login(line, command);
        }
        if (wazo && line.equals("/usr/bin/wazo-confgen asterisk/pjsip.conf --invalidate")) {
            return ok("");
        }
        throw new AssertionError("unexpected call: " + line);
    }

    private String console(String command) {
        return switch (command) {
            case "manager show settings" -> "  Manager (AMI):             " + (managerOn ? "Yes" : "No") + "\n";
            case "manager show user pbx-ha" ->
                readsManagerDirectory ? "        username: pbx-ha\n" : "There is no manager called pbx-ha\n";
            case "module show like chan_sip.so", "module show like res_pjsip.so" ->
                sipDrivers.stream()
                        .filter(command::endsWith)
                        .map(driver -> driver + "  SIP  1  Running  core\n")
                        .findFirst()
                        .orElse("0 modules loaded\n");
            case "sip reload" -> sipDrivers.contains("chan_sip.so") ? "" : "No such command 'sip reload'";
            case "manager reload", "module reload res_pjsip.so" -> "";
            default -> throw new AssertionError("unexpected console command: " + command);
        };
    }

    private Outcome systemctl(String arguments) {
        return switch (arguments) {
            case "--version" -> ok(systemd);
            case "daemon-reload", "reload postgresql.service", "is-active --quiet postgresql.service" -> ok("");
            case "is-active --quiet asterisk.service" -> asteriskRuns ? ok("") : failed(3, "");
            case "show --property=LoadState --value asterisk.service" -> ok("loaded\n");
            case "show --property=LoadState --value -- asterisk.service monit.service" -> ok("loaded\n\nnot-found\n");
            case "is-enabled --quiet pbx-ha.service" -> agentEnabled ? ok("") : failed(1, "");
            case "is-active --quiet pbx-ha.service" -> agent != null ? ok("") : failed(3, "");
            case "show --property=MainPID --value pbx-ha.service" -> ok((agent == null ? 0 : agent.pid()) + "\n");
            case "enable --quiet pbx-ha.service" -> {
                agentEnabled = true;
                yield ok("");
            }
            case "restart pbx-ha.service" -> agentStarts ? startAgent() : failed(1, "Job failed");
            case "disable --quiet --now pbx-ha.service" -> {
                close();
                agentEnabled = false;
                yield ok("");
            }
            default -> throw new AssertionError("unexpected systemctl: " + arguments);
        };
    }

    private Outcome startAgent() {
        close();
        try {
            agent = new ProcessBuilder("/bin/sleep", "600").start();
            return ok("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome login(String line, Command command) {
        boolean right = line.contains("--username=pbx_ha")
                && postgres.lets("pbx_ha", String.valueOf(command.environment().get("PGPASSWORD")));
        return right ? ok("1\n") : failed(2, "password authentication failed");
    }

    static Outcome ok(String output) {
        return new Outcome(0, output, "", false, Duration.ZERO);
    }

    static Outcome failed(int code, String errors) {
        return new Outcome(code, "", errors, false, Duration.ZERO);
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.destroyForcibly();
            agent = null;
        }
    }
}
