// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** chan_sip: the {@code [general]} rows of {@code sip.conf} in the table {@code staticsip}. */
final class ChanSipExpiry implements ExpiryTable {
    private static final String ROW =
            " filename = 'sip.conf' AND category = 'general' AND commented = 0 AND var_name = ?";

    @Override
    public String name() {
        return "staticsip";
    }

    @Override
    public List<String> places(Connection connection) throws SQLException {
        return Sql.column(connection, "SELECT 'sip.conf' WHERE to_regclass('staticsip') IS NOT NULL").stream()
                .map(String::valueOf)
                .toList();
    }

    @Override
    public String psqlScript() {
        // psql runs what the outer query returns.
        return """
                SET search_path = pg_catalog;
                SELECT $$
                  SELECT string_agg(coalesce(v.var_val, 'unset'), '/' ORDER BY o.n)
                  FROM (VALUES (1, 'minexpiry'), (2, 'defaultexpiry'), (3, 'maxexpiry')) AS o (n, name)
                  LEFT JOIN LATERAL (SELECT var_val FROM public.staticsip
                    WHERE filename = 'sip.conf' AND category = 'general' AND commented = 0 AND var_name = o.name
                    ORDER BY id DESC LIMIT 1) AS v ON true
                $$ WHERE EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.staticsip') AND relkind = 'r') \\gexec
                """;
    }

    @Override
    public @Nullable String read(Connection connection, String place, Expiry expiry) throws SQLException {
        // The last of several rows is the one that Asterisk goes by.
        List<@Nullable String> values = Sql.column(
                connection, "SELECT var_val FROM staticsip WHERE" + ROW + " ORDER BY id DESC", expiry.chanSip());
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public void write(Connection connection, String place, Expiry expiry, String value) throws SQLException {
        int changed = Sql.update(connection, "UPDATE staticsip SET var_val = ? WHERE" + ROW, value, expiry.chanSip());
        if (changed == 0) {
            Sql.update(
                    connection,
                    "INSERT INTO staticsip (filename, category, var_name, var_val) VALUES ('sip.conf', 'general', ?, ?)",
                    expiry.chanSip(),
                    value);
        }
    }

    @Override
    public void remove(Connection connection, String place, Expiry expiry) throws SQLException {
        Sql.update(connection, "DELETE FROM staticsip WHERE" + ROW, expiry.chanSip());
    }
}
