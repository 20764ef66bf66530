// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

/** A schema that holds one of everything, in names that remind of a PBX. */
final class Schema {
    static final String[] EVERYTHING = {
        "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)",
        "INSERT INTO alembic_version VALUES ('abc123')",
        "CREATE TYPE colour AS ENUM ('red', 'blue')",
        "CREATE DOMAIN extension_number AS varchar(40) CHECK (VALUE ~ '^[0-9*#]+$')",
        // An ordinary table with a serial id.
        "CREATE TABLE staticsip (id serial PRIMARY KEY, var_name text, var_val text, secret text UNIQUE)",
        // Quoted names, a self reference, an identity, a generated column.
        "CREATE TABLE \"user Features\" (\"Id\" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \"first\"\"name\" text,"
                + " boss int REFERENCES \"user Features\" (\"Id\") ON DELETE SET NULL,"
                + " shout text GENERATED ALWAYS AS (upper(\"first\"\"name\")) STORED)",
        // A cycle, one side deferrable; a comment that has to survive.
        "CREATE TABLE tenant (id int PRIMARY KEY, name text, template int)",
        "CREATE TABLE endpoint (id int PRIMARY KEY, tenant int NOT NULL REFERENCES tenant (id) ON UPDATE CASCADE)",
        "ALTER TABLE tenant ADD CONSTRAINT \"Template!\" FOREIGN KEY (template) REFERENCES endpoint (id)"
                + " DEFERRABLE INITIALLY DEFERRED",
        "COMMENT ON CONSTRAINT \"Template!\" ON tenant IS 'it''s a cycle'",
        "CREATE TABLE types (id int PRIMARY KEY, an_enum colour, number extension_number, bytes bytea, f float8,"
                + " n numeric, t timestamptz, i interval, a text[], e colour[], j json, u uuid, ip inet, b bool,"
                + " position_ int UNIQUE DEFERRABLE INITIALLY DEFERRED, cash money, c char(5))",
        "CREATE TABLE without_columns ()",
        "CREATE TABLE partitioned (id int, day date, tenant int REFERENCES tenant (id), PRIMARY KEY (id, day))"
                + " PARTITION BY RANGE (day)",
        "CREATE TABLE partitioned_2024 PARTITION OF partitioned FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
        "CREATE TABLE partitioned_rest PARTITION OF partitioned DEFAULT",
        "CREATE TABLE parent (n int)",
        "CREATE TABLE child (extra int) INHERITS (parent)",
        "CREATE TABLE kept_child () INHERITS (parent)",
        "CREATE TABLE to_partitioned (id int, day date, FOREIGN KEY (id, day) REFERENCES partitioned (id, day))",
        "CREATE SEQUENCE free_seq INCREMENT BY 5",
        "CREATE TABLE netiface (ifname text)",
        // Excluded tables: with a sequence, and with a trigger like XiVO's.
        "CREATE TABLE cel (id serial PRIMARY KEY, eventtype text)",
        "CREATE TABLE queue_log (time varchar(26), event text)",
        // Triggers in each state; a fired one leaves a trace.
        "CREATE TABLE fired (what text)",
        "CREATE FUNCTION leave_trace() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN INSERT INTO public.fired VALUES (TG_TABLE_NAME); RETURN NULL; END $$",
        "CREATE TRIGGER on_row AFTER INSERT ON staticsip FOR EACH ROW EXECUTE FUNCTION leave_trace()",
        "CREATE TRIGGER on_truncate AFTER TRUNCATE ON staticsip EXECUTE FUNCTION leave_trace()",
        "CREATE TRIGGER is_off AFTER INSERT ON staticsip EXECUTE FUNCTION leave_trace()",
        "ALTER TABLE staticsip DISABLE TRIGGER is_off",
        "CREATE TRIGGER is_always AFTER INSERT ON staticsip EXECUTE FUNCTION leave_trace()",
        "ALTER TABLE staticsip ENABLE ALWAYS TRIGGER is_always",
        "CREATE TRIGGER is_replica AFTER INSERT ON staticsip EXECUTE FUNCTION leave_trace()",
        "ALTER TABLE staticsip ENABLE REPLICA TRIGGER is_replica",
        "CREATE TRIGGER on_partition AFTER INSERT ON partitioned FOR EACH ROW EXECUTE FUNCTION leave_trace()",
        "ALTER TABLE partitioned_2024 DISABLE TRIGGER on_partition",
        "CREATE CONSTRAINT TRIGGER later AFTER INSERT ON types DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                + " EXECUTE FUNCTION leave_trace()",
    };

    static final String[] MASTER_ROWS = {
        "INSERT INTO staticsip (var_name, var_val, secret) SELECT 'v' || n, NULLIF(n % 3, 0)::text,"
                + " CASE WHEN n < 9 THEN E'tab\\t back\\\\ nl\\n cr\\r \\\\. end ' || n END FROM generate_series(1, 50) n",
        "INSERT INTO \"user Features\" (\"first\"\"name\", boss) VALUES ('Zoë', NULL), ('Ali', 1), ('', 2)",
        "BEGIN",
        "INSERT INTO tenant VALUES (1, 'one', 10), (2, 'two', NULL)",
        "INSERT INTO endpoint VALUES (10, 1), (20, 2)",
        "COMMIT",
        "INSERT INTO types VALUES (1, 'blue', '*10#', '\\x00ff5c0a', 0.1::float8 + 0.2, 12345678901234567890.123,"
                + " '2024-02-29 12:34:56.789+02', '1 year -3 days 04:05:06', '{\"a,b\",NULL,\"\\\\\"}', '{red,NULL}',"
                + " '{\"k\": \"\\u00e9\"}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2001:db8::/32', true, 2, 12.5, 'ab')",
        "INSERT INTO types (id, f, position_) VALUES (2, 'NaN', 1), (3, '-Infinity', NULL), (4, NULL, NULL)",
        "INSERT INTO without_columns DEFAULT VALUES",
        "INSERT INTO without_columns DEFAULT VALUES",
        "INSERT INTO partitioned VALUES (1, '2024-05-05', 1), (2, '2030-01-01', 2), (3, '1999-01-01', NULL)",
        "INSERT INTO parent VALUES (1)",
        "INSERT INTO child VALUES (2, 3)",
        "INSERT INTO kept_child VALUES (4)",
        "INSERT INTO to_partitioned VALUES (2, '2030-01-01')",
        "SELECT nextval('free_seq'), nextval('free_seq')",
        "INSERT INTO cel (eventtype) VALUES ('MASTER')",
        "INSERT INTO queue_log VALUES ('1', 'MASTER')",
        "DELETE FROM fired",
    };

    /** Other rows in the same tables, and references towards those that will go. */
    static final String[] SLAVE_ROWS = {
        "INSERT INTO staticsip (var_name) SELECT 'old' FROM generate_series(1, 99)",
        "INSERT INTO \"user Features\" (\"first\"\"name\") VALUES ('Old')",
        "INSERT INTO tenant VALUES (7, 'seven', NULL)",
        "INSERT INTO endpoint VALUES (70, 7)",
        "INSERT INTO partitioned VALUES (9, '2024-09-09', 7)",
        "INSERT INTO child VALUES (8, 9)",
        "INSERT INTO kept_child VALUES (5)",
        "INSERT INTO to_partitioned VALUES (9, '2024-09-09')",
        "INSERT INTO cel (eventtype) VALUES ('SLAVE'), ('SLAVE')",
        "INSERT INTO queue_log VALUES ('2', 'SLAVE')",
        "DELETE FROM fired",
    };

    private Schema() {}
}
