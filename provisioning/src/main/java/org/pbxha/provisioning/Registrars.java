// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the phones of a XiVO where to go when the master is silent: names the slave as backup server in provd's registrars, in
 * the configuration for phones that come new, and in that of each phone; and undoes it. provd rewrites the phones' files with
 * each change; a phone learns of it when it is next resynchronised or restarted.
 *
 * <p>Both calls are bounded in time, may be repeated, and change only what differs.
 */
public final class Registrars {
    private static final String NEW_PHONES = "autoprov";

    private final URI base;
    private final Duration limit;

    /**
     * For the server at {@code base}.
     *
     * @param base with the prefix of its REST interface, such as {@code http://127.0.0.1:8666/provd}
     * @param limit for one call; each phone takes provd some milliseconds
     */
    public Registrars(URI base, Duration limit) {
        this.base = base;
        this.limit = limit;
    }

    /** What a field should be, given what it is. */
    private interface Wish {
        @Nullable
        String valueFor(String config, JsonPointer field, @Nullable String now);
    }

    /** What is done with a configuration that is not as wished. */
    private interface Update {
        void to(ObjectNode config) throws ProvdException, ConnectException;
    }

    /** What {@link #nameBackup} would find and change; changes nothing. */
    public RegistrarsOutcome look(InetAddress backup) {
        return change(new ProvdClient(base, limit), (config, field, now) -> backup.getHostAddress(), config -> {});
    }

    /** Makes {@code backup} the backup server wherever phones go to this server. */
    public RegistrarsOutcome nameBackup(InetAddress backup) {
        return change((config, field, now) -> backup.getHostAddress());
    }

    /**
     * Takes {@code backup} away again wherever it is the backup server: back to what {@code undo} recorded, or to none. Another
     * backup server was named by somebody and stays.
     */
    public RegistrarsOutcome restore(InetAddress backup, RegistrarsUndo undo) {
        return change(
                (config, field, now) -> backup.getHostAddress().equals(now) ? previous(undo, config, field) : now);
    }

    private static @Nullable String previous(RegistrarsUndo undo, String config, JsonPointer field) {
        Optional<RegistrarsUndo.Previous> previous = undo.find(config, field.toString());
        return previous.isPresent() ? previous.get().value() : null;
    }

    private RegistrarsOutcome change(Wish wish) {
        ProvdClient provd = new ProvdClient(base, limit);
        return change(provd, wish, provd::update);
    }

    private RegistrarsOutcome change(ProvdClient provd, Wish wish, Update update) {
        List<RegistrarsUndo.Previous> undo = new ArrayList<>();
        int changed = 0;
        try {
            List<ObjectNode> registrars = provd.configsOfType("registrar");
            Set<String> mains = BackupFields.mainAddresses(registrars);
            List<ObjectNode> configs = new ArrayList<>(registrars);
            provd.config(NEW_PHONES).ifPresent(configs::add);
            configs.addAll(provd.configsOfType("device"));
            for (ObjectNode config : configs) {
                List<RegistrarsUndo.Previous> before = edit(config, mains, wish);
                if (!before.isEmpty()) {
                    // Before the request: when that fails halfway nobody knows whether it was done.
                    undo.addAll(before);
                    update.to(config);
                    changed++;
                }
            }
            return new RegistrarsOutcome.Done(new RegistrarsUndo(undo), changed);
        } catch (ConnectException e) {
            return undo.isEmpty()
                    ? new RegistrarsOutcome.NotThere("No provisioning server listens at " + base)
                    : incomplete(
                            undo, changed, new ProvdException("The provisioning server at " + base + " went away", e));
        } catch (ProvdException e) {
            return incomplete(undo, changed, e);
        }
    }

    private static RegistrarsOutcome incomplete(List<RegistrarsUndo.Previous> undo, int changed, ProvdException error) {
        return new RegistrarsOutcome.Incomplete(new RegistrarsUndo(undo), changed, error);
    }

    /** Changes {@code config} itself; returns the values before, of the fields that changed. */
    private static List<RegistrarsUndo.Previous> edit(ObjectNode config, Set<String> mains, Wish wish) {
        String id = config.path("id").asText();
        List<RegistrarsUndo.Previous> before = new ArrayList<>();
        for (JsonPointer field : BackupFields.in(config, mains)) {
            @Nullable String now = BackupFields.read(config, field);
            @Nullable String wanted = wish.valueFor(id, field, now);
            if (!Objects.equals(now, wanted)) {
                BackupFields.write(config, field, wanted);
                before.add(new RegistrarsUndo.Previous(id, field.toString(), now));
            }
        }
        return before;
    }
}
