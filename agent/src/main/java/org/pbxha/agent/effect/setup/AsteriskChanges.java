// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pbxha.agent.file.FileAccess;
import org.pbxha.agent.profile.Profile;
import org.pbxha.agent.setup.Change;
import org.pbxha.ami.AmiAccountFile;
import org.pbxha.ami.SipProbeEndpoint;

/**
 * What Asterisk gets: an account in its manager interface, and the endpoint that probes come from.
 *
 * @param asterisk where its configuration takes additions
 * @param neighbours the running Asterisk
 */
record AsteriskChanges(Profile.Asterisk asterisk, Neighbours neighbours) {
    private static final Pattern ON = Pattern.compile("\\s*enabled\\s*=>?\\s*(yes|true|on|y|t|1)\\b.*");
    private static final Pattern RUNS = Pattern.compile("Manager \\(AMI\\):\\s+Yes");
    private static final String OWN_GROUP = "asterisk";
    private static final String ENDPOINT_FILE = "pbx-ha.conf";
    private static final String INCLUDED_FILE = "pbx-ha-pjsip.conf";
    /** Opens the section again wherever it was; the last value of an option counts. */
    private static final String ENABLE = """
            ; The manager interface was off; the agent needs it, on this machine only.
            [general](+)
            enabled = yes
            bindaddr = 127.0.0.1

            """;

    /** The account, and the manager interface itself where it is off. */
    Change account(String user, String secret) throws IOException {
        Path file = asterisk.managerDirectory().resolve(ENDPOINT_FILE);
        boolean enable = Lines.of(file).all().contains("[general](+)") || !managerIsOn();
        String content = (enable ? ENABLE : "") + AmiAccountFile.render(user, secret);
        String words = "make the manager account " + user + " for this machine only in " + file
                + (enable ? ", and switch the manager interface on" : "");
        Reload reload = () -> {
            neighbours.reloadManager();
            expect("manager show user " + user, "username: " + user, file);
        };
        return new FileChange(Kind.MANAGER, file, Optional.of(content.getBytes(UTF_8)), access(), words, reload);
    }

    /** The endpoint; nothing where Asterisk has no PJSIP: chan_sip answers anybody. */
    List<Change> endpoint(List<InetAddress> nodes) {
        if (!Files.exists(asterisk.pjsipFile())) {
            return List.of();
        }
        Path file = asterisk.pjsipDirectory()
                .map(directory -> directory.resolve(ENDPOINT_FILE))
                .orElseGet(() -> asterisk.pjsipFile().resolveSibling(INCLUDED_FILE));
        byte[] content = SipProbeEndpoint.render(nodes).getBytes(UTF_8);
        List<Change> changes = new ArrayList<>();
        changes.add(new FileChange(
                Kind.ENDPOINT,
                file,
                Optional.of(content),
                FileAccess.PUBLIC,
                "let the nodes ask each other by SIP OPTIONS, as endpoint " + SipProbeEndpoint.NAME + " in " + file,
                neighbours::reloadPjsip));
        if (asterisk.pjsipDirectory().isEmpty()) {
            changes.add(include(asterisk.pjsipFile()));
        }
        return changes;
    }

    private Change include(Path pjsipFile) {
        return new LinesChange(
                Kind.INCLUDE,
                pjsipFile,
                Pattern.quote("#include \"" + INCLUDED_FILE + "\""),
                List.of("#include \"" + INCLUDED_FILE + "\""),
                "include that file at the end of " + pjsipFile,
                neighbours::reloadPjsip);
    }

    /**
     * Whether it is on and stays on at the next reload: both the file and a running Asterisk have to say so. A file that
     * says nothing, because it is generated, is left to what Asterisk says.
     */
    private boolean managerIsOn() throws IOException {
        Path file = asterisk.managerDirectory().resolveSibling("manager.conf");
        List<String> said = Lines.of(file).matching("\\s*enabled\\s*=");
        boolean fileSaysOn =
                !said.isEmpty() && ON.matcher(said.get(said.size() - 1)).matches();
        Optional<String> settings = neighbours.asterisk("manager show settings");
        boolean runs = settings.filter(text -> RUNS.matcher(text).find()).isPresent();
        return settings.isPresent() ? runs && (said.isEmpty() || fileSaysOn) : fileSaysOn;
    }

    private void expect(String question, String answer, Path file) throws IOException {
        Optional<String> found = neighbours.asterisk(question);
        if (found.isPresent() && !found.get().contains(answer)) {
            throw new IOException("Asterisk does not read " + file + ": '" + question + "' answers "
                    + found.get().strip() + "; does manager.conf include that directory?");
        }
    }

    /** Asterisk must read the secret and nobody else; an Asterisk without a group of its own runs as root. */
    private static FileAccess access() throws IOException {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(OWN_GROUP);
            return new FileAccess("rw-r-----", null, OWN_GROUP);
        } catch (UserPrincipalNotFoundException e) {
            return FileAccess.PRIVATE;
        }
    }
}
