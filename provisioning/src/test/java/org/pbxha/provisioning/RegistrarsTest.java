// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pbxha.provisioning.RegistrarsOutcome.Done;
import org.pbxha.provisioning.RegistrarsOutcome.Incomplete;
import org.pbxha.provisioning.RegistrarsOutcome.NotThere;

class RegistrarsTest {
    private static final String SLAVE = "10.0.0.2";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init")
    private ScriptedProvd provd;

    @SuppressWarnings("NullAway.Init")
    private InetAddress slave;

    @BeforeEach
    void aServerWithPhones() throws IOException {
        slave = InetAddress.getByName(SLAVE);
        provd = new ScriptedProvd();
        provd.holds("""
                {"id": "default", "X_type": "registrar", "registrar_main": "10.0.0.1", "proxy_main": "10.0.0.1",
                 "registrar_backup": "", "displayname": "local", "raw_config": {"X_key": "xivo"}}
                """);
        provd.holds("""
                {"id": "autoprov", "X_type": "internal", "raw_config": {
                 "sip_lines": {"1": {"username": "ap", "proxy_ip": "10.0.0.1", "registrar_ip": "10.0.0.1"}},
                 "sccp_call_managers": {"1": {"ip": "10.0.0.1"}}}}
                """);
        provd.holds("""
                {"id": "phone one", "X_type": "device", "raw_config": {
                 "sip_lines": {"1": {"proxy_ip": "10.0.0.1", "backup_proxy_ip": "10.0.0.9", "backup_registrar_ip": "10.0.0.9"},
                               "2": {"proxy_ip": "192.0.2.1"}}}}
                """);
        provd.holds("""
                {"id": "foreign", "X_type": "device", "raw_config": {"sip_lines": {"1": {"proxy_ip": "192.0.2.1"}}}}
                """);
        provd.holds("{\"id\": \"base\", \"X_type\": \"internal\", \"raw_config\": {\"ntp_ip\": \"10.0.0.1\"}}");
    }

    @AfterEach
    void nothingElseIsAsked() {
        provd.close();
        assertThat(provd.violations()).isEmpty();
    }

    @Test
    void namesTheSlaveWhereverPhonesGoToTheMaster() {
        Done done = done(registrars().nameBackup(slave));
        assertThat(done.changed()).isEqualTo(3);
        assertThat(provd.updates()).containsExactlyInAnyOrder("default", "autoprov", "phone one");
        assertThat(value("default", "/registrar_backup")).isEqualTo(SLAVE);
        assertThat(value("default", "/proxy_backup")).isEqualTo(SLAVE);
        assertThat(value("default", "/displayname")).isEqualTo("local");
        assertThat(value("autoprov", "/raw_config/sip_lines/1/backup_registrar_ip"))
                .isEqualTo(SLAVE);
        assertThat(value("autoprov", "/raw_config/sip_lines/1/backup_proxy_ip")).isEqualTo(SLAVE);
        assertThat(value("autoprov", "/raw_config/sip_lines/1/username")).isEqualTo("ap");
        assertThat(value("autoprov", "/raw_config/sccp_call_managers/2/ip")).isEqualTo(SLAVE);
        assertThat(value("phone one", "/raw_config/sip_lines/1/backup_proxy_ip"))
                .isEqualTo(SLAVE);
        assertThat(provd.config("phone one")
                        .at("/raw_config/sip_lines/2/backup_proxy_ip")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void putsBackExactlyWhatWasThere() {
        Map<String, JsonNode> before = provd.all();
        Done done = done(registrars().nameBackup(slave));
        assertThat(done(registrars().restore(slave, done.undo())).changed()).isEqualTo(3);
        assertThat(provd.all()).isEqualTo(before);
        assertThat(done(registrars().restore(slave, done.undo())).changed()).isZero();
    }

    @Test
    void asksForNoChangeTheSecondTimeAndKeepsTheFirstRecord() {
        Map<String, JsonNode> before = provd.all();
        RegistrarsUndo first = done(registrars().nameBackup(slave)).undo();
        Done second = done(registrars().nameBackup(slave));
        assertThat(second).isEqualTo(new Done(RegistrarsUndo.NOTHING, 0));
        registrars().restore(slave, second.undo().plus(first));
        assertThat(provd.all()).isEqualTo(before);
    }

    @Test
    void cleansAPhoneThatCameLaterAndLeavesAnotherBackupAlone() throws IOException {
        RegistrarsUndo undo = done(registrars().nameBackup(slave)).undo();
        provd.holds("""
                {"id": "new", "X_type": "device", "raw_config": {"sccp_call_managers": {"1": {"ip": "10.0.0.1"}, "2": {"ip": "10.0.0.2"}}}}
                """);
        provd.holds("""
                {"id": "moved", "X_type": "device", "raw_config": {
                 "sip_lines": {"1": {"proxy_ip": "10.0.0.1", "backup_proxy_ip": "10.0.0.77", "backup_registrar_ip": "10.0.0.77"}}}}
                """);
        done(registrars().restore(slave, undo));
        assertThat(provd.config("new").at("/raw_config/sccp_call_managers").size())
                .isEqualTo(1);
        assertThat(value("moved", "/raw_config/sip_lines/1/backup_proxy_ip")).isEqualTo("10.0.0.77");
    }

    @Test
    void aHalfDoneChangeTellsWhatItChangedAndGoesOnLater() {
        Map<String, JsonNode> before = provd.all();
        provd.failsAfterUpdates(1);
        RegistrarsOutcome outcome = registrars().nameBackup(slave);
        assertThat(outcome).asInstanceOf(type(Incomplete.class)).satisfies(incomplete -> {
            assertThat(incomplete.changed()).isEqualTo(1);
            assertThat(incomplete.error()).hasMessageContaining("HTTP 500");
        });
        provd.failsAfterUpdates(Integer.MAX_VALUE);
        RegistrarsUndo undo = ((Incomplete) outcome)
                .undo()
                .plus(done(registrars().nameBackup(slave)).undo());
        done(registrars().restore(slave, undo));
        assertThat(provd.all()).isEqualTo(before);
    }

    @Test
    void withoutAServerThereIsNothingToDo() throws IOException {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/provd");
        }
        assertThat(new Registrars(closed, LIMIT).nameBackup(slave))
                .asInstanceOf(type(NotThere.class))
                .extracting(NotThere::reason, as(type(String.class)))
                .isEqualTo("No provisioning server listens at " + closed);
    }

    @Test
    void aServerThatNeverAnswersCostsBoundedTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI base = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/provd");
            long start = System.nanoTime();
            RegistrarsOutcome outcome = new Registrars(base, Duration.ofMillis(300)).nameBackup(slave);
            assertThat(outcome).asInstanceOf(type(Incomplete.class)).satisfies(incomplete -> {
                assertThat(incomplete.undo()).isEqualTo(RegistrarsUndo.NOTHING);
                assertThat(incomplete.error()).hasMessageContaining("timed out");
            });
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void saysWhatIsWrongWithALoginOrAWrongAddress() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/closed", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.createContext("/nonsense", exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write("<h>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String root = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(error(root + "/closed")).contains("HTTP 401", "login");
            assertThat(error(root + "/elsewhere")).contains("No provisioning interface at", "/elsewhere");
            assertThat(error(root + "/nonsense")).contains("failed at GET");
        } finally {
            server.stop(0);
        }
    }

    private String error(String base) {
        RegistrarsOutcome outcome = new Registrars(URI.create(base), LIMIT).nameBackup(slave);
        assertThat(outcome).isInstanceOf(Incomplete.class);
        return String.valueOf(((Incomplete) outcome).error().getMessage());
    }

    @Test
    void looksWithoutTouchingAnything() {
        Done found = done(registrars().look(slave));
        assertThat(provd.updates()).isEmpty();
        assertThat(found).isEqualTo(done(registrars().nameBackup(slave)));
        assertThat(done(registrars().look(slave)).changed()).isZero();
    }

    private Registrars registrars() {
        return new Registrars(provd.base(), LIMIT);
    }

    private static Done done(RegistrarsOutcome outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        return (Done) outcome;
    }

    private String value(String config, String pointer) {
        return provd.config(config).at(pointer).asText();
    }
}
