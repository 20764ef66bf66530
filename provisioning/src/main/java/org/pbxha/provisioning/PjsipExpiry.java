// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PJSIP as Wazo keeps it: the AOR options of the global SIP template of each tenant. A place is the UUID of such a template's
 * AOR section.
 */
final class PjsipExpiry implements ExpiryTable {
    private static final String OPTION =
            " FROM endpoint_sip_section_option WHERE endpoint_sip_section_uuid = ?::uuid AND key = ?";

    @Override
    public String name() {
        return "endpoint_sip_section_option";
    }

    @Override
    public List<String> places(Connection connection) throws SQLException {
        if (!isThere(connection)) {
            return List.of();
        }
        return Sql.column(connection, """
                        SELECT DISTINCT section.uuid::text FROM endpoint_sip_section section
                        JOIN tenant ON tenant.global_sip_template_uuid = section.endpoint_sip_uuid
                        WHERE section.type = 'aor' ORDER BY 1
                        """).stream().map(String::valueOf).toList();
    }

    @Override
    public String psqlScript() {
        // psql runs what the outer query returns.
        return """
                SET search_path = pg_catalog;
                SELECT $$
                  SELECT DISTINCT string_agg(coalesce(v.value, 'unset'), '/' ORDER BY o.n)
                  FROM public.endpoint_sip_section AS s
                  JOIN public.tenant AS t ON t.global_sip_template_uuid = s.endpoint_sip_uuid
                  CROSS JOIN (VALUES (1, 'minimum_expiration'), (2, 'default_expiration'), (3, 'maximum_expiration'))
                    AS o (n, name)
                  LEFT JOIN LATERAL (SELECT value FROM public.endpoint_sip_section_option
                    WHERE endpoint_sip_section_uuid = s.uuid AND key = o.name LIMIT 1) AS v ON true
                  WHERE s.type::text = 'aor' GROUP BY s.uuid, t.uuid
                $$ WHERE 3 = (SELECT count(*) FROM pg_class WHERE relkind = 'r' AND oid IN (
                    to_regclass('public.endpoint_sip_section'), to_regclass('public.tenant'),
                    to_regclass('public.endpoint_sip_section_option')))
                  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.tenant')
                    AND attname = 'global_sip_template_uuid') \\gexec
                """;
    }

    @Override
    public @Nullable String read(Connection connection, String place, Expiry expiry) throws SQLException {
        List<@Nullable String> values = Sql.column(connection, "SELECT value" + OPTION, place, expiry.pjsip());
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public void write(Connection connection, String place, Expiry expiry, String value) throws SQLException {
        remove(connection, place, expiry);
        Sql.update(
                connection,
                "INSERT INTO endpoint_sip_section_option (endpoint_sip_section_uuid, key, value) VALUES (?::uuid, ?, ?)",
                place,
                expiry.pjsip(),
                value);
    }

    @Override
    public void remove(Connection connection, String place, Expiry expiry) throws SQLException {
        Sql.update(connection, "DELETE" + OPTION, place, expiry.pjsip());
    }

    /** Wazo has had these tables since 2020, and the templates of tenants a little later. */
    private static boolean isThere(Connection connection) throws SQLException {
        return !Sql.column(connection, """
                        SELECT 1 FROM information_schema.columns
                        WHERE table_name = 'tenant' AND column_name = 'global_sip_template_uuid'
                        AND to_regclass('endpoint_sip_section_option') IS NOT NULL
                        AND to_regclass('endpoint_sip_section') IS NOT NULL
                        """).isEmpty();
    }
}
