// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Check;
import org.pbxha.agent.setup.Undo;
import org.pbxha.provisioning.Registrars;
import org.pbxha.provisioning.RegistrarsOutcome;
import org.pbxha.provisioning.RegistrarsOutcome.Done;
import org.pbxha.provisioning.RegistrarsOutcome.Incomplete;
import org.pbxha.provisioning.RegistrarsOutcome.NotThere;
import org.pbxha.provisioning.RegistrarsUndo;

/**
 * The phones' provisioning server names the slave as their backup. A server that is not there, or does not let us in, is no
 * obstacle to a pair: {@link #check} says so before, and there is nothing to do then.
 *
 * @param server base address of its REST interface
 * @param backup the slave
 */
record RegistrarChange(URI server, InetAddress backup) implements Change {
    /** Some thousand phones, whose files it writes anew. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String BACKUP = "backup";
    private static final String VALUES = "values";
    private static final JsonMapper JSON = new JsonMapper();

    static final Undo UNDO = (subject, memory) -> {
        InetAddress backup =
                InetAddress.getByName(requireNonNull(memory.before().get(BACKUP)));
        RegistrarsUndo undo = values(requireNonNull(memory.before().get(VALUES)));
        int changed = changed(registrars(URI.create(subject)).restore(backup, undo));
        return "backup server " + backup.getHostAddress() + " of the phones: taken out of " + changed
                + " configurations; a phone learns of it when it is resynchronised";
    };

    /** What setup says of a server before anything is changed. */
    static Check check(URI server) {
        // The address does not matter: only whether there are answers.
        RegistrarsOutcome outcome = registrars(server).look(InetAddress.getLoopbackAddress());
        if (outcome instanceof Done) {
            return Check.ok("the provisioning server answers at " + server);
        }
        String found = outcome instanceof NotThere absent
                ? absent.reason()
                : String.valueOf(((Incomplete) outcome).error().getMessage());
        return Check.warning(
                found,
                "phones that are provisioned elsewhere get the slave as backup server there; otherwise mend it and run"
                        + " this again");
    }

    @Override
    public String id() {
        return Kind.REGISTRAR.of(server);
    }

    @Override
    public String describe() {
        return "name " + backup.getHostAddress() + " as backup registrar and proxy of the phones in the provisioning"
                + " server";
    }

    @Override
    public boolean isDone() {
        return !(registrars(server).look(backup) instanceof Done found) || found.changed() == 0;
    }

    @Override
    public Map<String, String> before() throws IOException {
        RegistrarsOutcome found = registrars(server).look(backup);
        changed(found);
        RegistrarsUndo undo = found instanceof Done done ? done.undo() : RegistrarsUndo.NOTHING;
        return Map.of(BACKUP, backup.getHostAddress(), VALUES, JSON.writeValueAsString(undo));
    }

    @Override
    public void apply() throws IOException {
        changed(registrars(server).nameBackup(backup));
    }

    /** Number of configurations changed, when all went well. */
    private static int changed(RegistrarsOutcome outcome) throws IOException {
        if (outcome instanceof NotThere absent) {
            throw new IOException(absent.reason() + "; start it for this");
        }
        if (outcome instanceof Incomplete incomplete) {
            throw new IOException(incomplete.error().getMessage(), incomplete.error());
        }
        return ((Done) outcome).changed();
    }

    private static RegistrarsUndo values(String json) throws IOException {
        try {
            return JSON.readValue(json, RegistrarsUndo.class);
        } catch (JsonProcessingException e) {
            throw new IOException("the values written down cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static Registrars registrars(URI server) {
        return new Registrars(server, LIMIT);
    }
}
