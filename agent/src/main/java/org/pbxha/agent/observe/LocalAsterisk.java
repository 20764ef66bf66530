// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.observe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.OptionalInt;
import org.pbxha.agent.config.Settings;
import org.pbxha.agent.link.AsteriskReport;
import org.pbxha.ami.AmiAccount;
import org.pbxha.ami.AmiWatch;
import org.pbxha.ami.Probe;
import org.pbxha.ami.ProbeReading;
import org.pbxha.ami.SipOptionsProbe;

/** This node's own Asterisk: by its manager interface, and by SIP as a phone sees it. */
public final class LocalAsterisk implements AutoCloseable {
    private final AmiWatch manager;
    private final Probe sip;
    private final Duration silence;

    /**
     * Watches the Asterisk of these settings; not started yet.
     *
     * @throws IOException when the secret of the manager account cannot be read
     */
    public LocalAsterisk(Settings settings) throws IOException {
        Settings.Asterisk asterisk = settings.asterisk();
        String secret = Files.readString(asterisk.amiSecretFile()).strip();
        this.manager = new AmiWatch(
                new AmiAccount(asterisk.amiHost().getHostAddress(), asterisk.amiPort(), asterisk.amiUser(), secret));
        this.sip = new SipOptionsProbe(
                new InetSocketAddress(settings.nodeAddress(), asterisk.sipPort()),
                settings.nodeAddress(),
                settings.watch().interval());
        this.silence = settings.takeover().after();
    }

    /** Starts watching. */
    public void start() {
        manager.start();
        sip.start();
    }

    /** Has this called when calls have been counted that somebody wanted to know. */
    public void onCount(Runnable listener) {
        manager.onCount(listener);
    }

    /** What is known now; never blocks. */
    public AsteriskReport report() {
        org.pbxha.ami.AsteriskReport said = manager.report();
        boolean serving = serving(sip.reading());
        return new AsteriskReport(
                serving,
                said.fullyBooted(),
                said.activeCalls().orElse(0),
                said.version() == null ? "" : said.version(),
                serving ? said.problem() : sip.reading().problem());
    }

    /** How many calls there are, as Asterisk was asked no earlier than at a moment; empty while nobody knows. */
    public OptionalInt callsSince(long nanos) {
        return manager.callsSince(nanos);
    }

    /** What the manager interface alone says now. */
    org.pbxha.ami.AsteriskReport managerReport() {
        return manager.report();
    }

    /** What SIP alone says now. */
    ProbeReading sipReading() {
        return sip.reading();
    }

    private boolean serving(ProbeReading reading) {
        boolean says = reading.outcome() == ProbeReading.Outcome.ALIVE;
        boolean recent = reading.aliveAge(System.nanoTime())
                .filter(age -> age.compareTo(silence) < 0)
                .isPresent();
        // One lost packet is not an outage, a closed port is.
        return says || (recent && reading.outcome() == ProbeReading.Outcome.SILENT);
    }

    @Override
    public void close() {
        sip.close();
        manager.close();
    }
}
