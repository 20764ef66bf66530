// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL server, one of each version for all tests of a run. Its databases belong to the role asterisk, and
 * replication works as the role pbx-ha, which is a member of it and no superuser.
 */
public final class PgServer {
    private static final Map<String, PgServer> RUNNING = new ConcurrentHashMap<>();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final EmbeddedPostgres postgres;

    private PgServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        try (Connection connection = superuser("postgres")) {
            execute(
                    connection,
                    "CREATE ROLE asterisk LOGIN",
                    "CREATE ROLE other_owner",
                    "CREATE ROLE \"pbx-ha\" LOGIN NOSUPERUSER",
                    "GRANT asterisk, other_owner TO \"pbx-ha\"");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The version that the build's class path has. */
    public static PgServer usual() {
        return RUNNING.computeIfAbsent("usual", name -> start(EmbeddedPostgres.builder()));
    }

    /** A server that no other test uses, without the role pbx-ha. */
    public static PgServer own() throws SQLException {
        PgServer server = start(EmbeddedPostgres.builder()
                .setServerConfig("max_prepared_transactions", "2")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_filename", "server.log"));
        try (Connection connection = server.superuser("postgres")) {
            execute(connection, "DROP ROLE \"pbx-ha\"");
        }
        return server;
    }

    /** The oldest version that nodes run. */
    static PgServer oldest() {
        return fromJar("oldest");
    }

    /** The newest version that nodes run. */
    static PgServer newest() {
        return fromJar("newest");
    }

    /** One of the three by its name. */
    public static PgServer of(String name) {
        return name.equals("usual") ? usual() : fromJar(name);
    }

    /** A new database of the role asterisk, with these statements run in it as that role. */
    public Database database(String... statements) throws SQLException {
        return databaseIn("UTF8", statements);
    }

    Database databaseIn(String encoding, String... statements) throws SQLException {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = superuser("postgres")) {
            execute(
                    connection,
                    "CREATE DATABASE " + name
                            + " OWNER asterisk TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING '" + encoding
                            + "'");
        }
        try (Connection connection = superuser(name)) {
            execute(connection, "GRANT ALL ON SCHEMA public TO PUBLIC");
        }
        Database database = new Database(this, name);
        database.run(statements);
        return database;
    }

    public int port() {
        return postgres.getPort();
    }

    /** What a server of {@link #own} has logged. */
    String log() throws SQLException, IOException {
        try (Connection connection = superuser("postgres")) {
            Path data =
                    Path.of(Database.query(connection, "SHOW data_directory").get(0));
            return Files.readString(data.resolve("log/server.log"));
        }
    }

    public void stop() throws IOException {
        postgres.close();
    }

    public Connection superuser(String database) throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }

    public static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static PgServer fromJar(String name) {
        Path jar = Path.of(System.getProperty("postgres.binaries", "target/postgres"), name + ".jar");
        Assumptions.assumeTrue(Files.exists(jar), jar + " is missing: run mvn pre-integration-test once");
        return RUNNING.computeIfAbsent(
                name, key -> start(EmbeddedPostgres.builder().setPgBinaryResolver((system, machine) -> archive(jar))));
    }

    private static InputStream archive(Path jar) {
        try {
            ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar));
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    return zip;
                }
            }
            zip.close();
            throw new IOException("no PostgreSQL in " + jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PgServer start(EmbeddedPostgres.Builder builder) {
        try {
            return new PgServer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
