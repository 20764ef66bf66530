// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pbxha.sync.process.Outcome;

/** The programs on this node that setup configures, and how each takes its configuration over without a restart. */
final class Neighbours {
    static final String ASTERISK = "/usr/sbin/asterisk";
    static final String FAIL2BAN = "/usr/bin/fail2ban-client";
    static final String WAZO_CONFGEN = "/usr/bin/wazo-confgen";
    static final String SYSTEMCTL = "/bin/systemctl";

    private final Programs programs;

    Neighbours(Programs programs) {
        this.programs = programs;
    }

    /** What Asterisk's console answers, empty when Asterisk does not run. */
    Optional<String> asterisk(String command) throws IOException {
        if (!programs.has(ASTERISK)) {
            return Optional.empty();
        }
        Outcome outcome = programs.run(ASTERISK, "-rx", command);
        if (outcome.succeeded()) {
            return Optional.of(outcome.output());
        }
        if (outcome.complaint().contains("Unable to connect to remote asterisk")) {
            return Optional.empty();
        }
        throw new IOException("asterisk -rx '" + command + "' ended with " + outcome.exitCode() + ": "
                + (outcome.timedOut() ? "it did not answer in time" : outcome.complaint()));
    }

    void reloadManager() throws IOException {
        asterisk("manager reload");
    }

    /** Reads the settings of whichever SIP drivers are loaded again; registrations and calls stay. */
    void reloadSip() throws IOException {
        if (isLoaded("chan_sip.so")) {
            asterisk("sip reload");
        }
        if (isLoaded("res_pjsip.so")) {
            // Wazo keeps what it generated; when Asterisk does not run, its start throws that away.
            if (programs.has(WAZO_CONFGEN)) {
                programs.ask(WAZO_CONFGEN, "asterisk/pjsip.conf", "--invalidate");
            }
            reloadPjsip();
        }
    }

    private boolean isLoaded(String module) throws IOException {
        return asterisk("module show like " + module)
                .filter(text -> text.contains(module) && !text.contains("Not Running"))
                .isPresent();
    }

    /** Reads all PJSIP objects again; registrations and calls stay. */
    void reloadPjsip() throws IOException {
        asterisk("module reload res_pjsip.so");
    }

    void reloadFail2ban() throws IOException {
        // "ping" fails when its server does not run.
        if (programs.has(FAIL2BAN) && programs.run(FAIL2BAN, "ping").succeeded()) {
            programs.ask(FAIL2BAN, "reload");
        }
    }

    void reloadUnits() throws IOException {
        programs.ask(SYSTEMCTL, "daemon-reload");
    }

    /** Those of these units that this node has. */
    List<String> present(List<String> units) throws IOException {
        List<String> argv = new ArrayList<>(List.of(SYSTEMCTL, "show", "--property=LoadState", "--value", "--"));
        argv.addAll(units);
        // One line for each unit, with an empty line between two.
        List<String> states = programs.ask(argv.toArray(String[]::new))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        List<String> present = new ArrayList<>();
        for (int i = 0; i < Math.min(units.size(), states.size()); i++) {
            if (!states.get(i).equals("not-found")) {
                present.add(units.get(i));
            }
        }
        return present;
    }

    /** Reaches every cluster: Debian's postgresql.service passes it on. */
    void reloadPostgres() throws IOException {
        if (programs.run(SYSTEMCTL, "is-active", "--quiet", "postgresql.service")
                .succeeded()) {
            programs.ask(SYSTEMCTL, "reload", "postgresql.service");
        }
    }
}
