// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pbxha.agent.setup.Change;
import org.pbxha.agent.setup.Undo;
import org.pbxha.provisioning.SipExpiry;
import org.pbxha.provisioning.SipExpiryUndo;
import org.pbxha.sync.postgres.LocalDatabase;

/**
 * Phones and trunks register again every few minutes, so that after a takeover they soon find the other node.
 *
 * <p>On the slave as well, although replication brings the master's values there anyway: a slave that is needed before the
 * first copy has them, and because they are in its undo record it does not keep them for itself after {@code setup disable}.
 *
 * @param psql the database
 * @param user the agent's role, made before this
 * @param passwordFile of the role
 * @param now the lines of {@link SipExpiry#psqlScript}
 * @param times the values in the database
 * @param reload makes Asterisk take them over
 */
record SipExpiryChange(Psql psql, String user, Path passwordFile, List<String> now, SipTimes times, Reload reload)
        implements Change {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PORT = "port";
    private static final String USER = "user";
    private static final String PASSWORD_FILE = "password-file";
    private static final String VALUES = "values";

    /** Of the database as it is. */
    static SipExpiryChange of(Psql psql, String user, Path passwordFile, SipTimes times, Reload reload)
            throws IOException {
        return new SipExpiryChange(psql, user, passwordFile, look(psql), times, reload);
    }

    static Undo undo(SipTimes times, Reload reload) {
        return (database, memory) -> {
            Map<String, String> before = memory.before();
            SipExpiry.Restored restored = times.restore(
                    database(
                            Integer.parseInt(required(before, PORT)),
                            database,
                            required(before, USER),
                            Path.of(required(before, PASSWORD_FILE))),
                    values(required(before, VALUES)));
            reload.run();
            return "SIP expiry: " + restored.changed() + " values restored"
                    + (restored.leftAlone().isEmpty()
                            ? ""
                            : "; left alone, since somebody changed them: " + String.join(", ", restored.leftAlone()));
        };
    }

    @Override
    public String id() {
        return Kind.EXPIRY.of(psql.database());
    }

    @Override
    public String describe() {
        return "phones and trunks register again every 3 to 5 minutes (SIP expiry " + SipExpiry.paired()
                + " instead of " + String.join(" and ", now) + ")";
    }

    @Override
    public boolean isDone() throws IOException {
        return look(psql).stream().allMatch(SipExpiry.paired()::equals);
    }

    @Override
    public Map<String, String> before() throws IOException {
        return Map.of(
                PORT, Integer.toString(psql.port()),
                USER, user,
                PASSWORD_FILE, passwordFile.toString(),
                VALUES, JSON.writeValueAsString(times.read(database())));
    }

    @Override
    public void apply() throws IOException {
        times.pair(database());
        reload.run();
    }

    private LocalDatabase database() throws IOException {
        return database(psql.port(), psql.database(), user, passwordFile);
    }

    private static LocalDatabase database(int port, String name, String user, Path passwordFile) throws IOException {
        return new LocalDatabase(
                port, name, user, Files.readString(passwordFile).strip());
    }

    private static List<String> look(Psql psql) throws IOException {
        return psql.asPostgres(postgres -> postgres.run(SipExpiry.psqlScript()))
                .lines()
                .filter(line -> !line.isBlank())
                .distinct()
                .toList();
    }

    private static SipExpiryUndo values(String json) throws IOException {
        try {
            return JSON.readValue(json, SipExpiryUndo.class);
        } catch (JsonProcessingException e) {
            throw new IOException("the values written down cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static String required(Map<String, String> before, String key) {
        return requireNonNull(before.get(key), key);
    }
}
