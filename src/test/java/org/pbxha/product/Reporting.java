// SPDX-License-Identifier: Apache-2.0
package org.pbxha.product;

import org.pbxha.lab.Node;

/** A reporting database as docs/events.md has it made, here beside the slave's own, and both nodes shipping to it. */
public final class Reporting {
    private static final String DATABASE = "reporting";
    private static final String PASSWORD = "for-reports-only";
    private static final String SECRET = "/var/lib/pbx-ha/secrets/events";

    private final Node host;

    private Reporting(Node host) {
        this.host = host;
    }

    /** Makes the database on the slave, and has both nodes ship their events to it. */
    public static Reporting on(ProductPair product) {
        Node host = product.slave();
        host.sql("CREATE ROLE pbx_events LOGIN PASSWORD '" + PASSWORD + "'");
        host.sql("CREATE DATABASE " + DATABASE + " ENCODING 'UTF8' TEMPLATE template0");
        host.sql(DATABASE, "CREATE SCHEMA pbx_events AUTHORIZATION pbx_events");
        host.run(
                "sh",
                "-c",
                "for f in /etc/postgresql/*/main/pg_hba.conf; do"
                        + " echo 'host reporting pbx_events samenet scram-sha-256' >>\"$f\"; done");
        host.sql("ALTER SYSTEM SET listen_addresses = '*'");
        host.startDatabase();
        for (Node node : product.pair().nodes()) {
            node.run("install", "--mode=600", "/dev/null", SECRET);
            node.run("sh", "-c", "echo '" + PASSWORD + "' >" + SECRET);
        }
        product.set("events.target", "jdbc:postgresql://" + host.address() + ":5432/" + DATABASE);
        return new Reporting(host);
    }

    /** Where the database is. */
    public Node host() {
        return host;
    }

    /** Runs one statement in the reporting database. */
    public String sql(String statement) {
        return host.sql(DATABASE, statement);
    }
}
