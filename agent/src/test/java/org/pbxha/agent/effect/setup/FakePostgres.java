// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pbxha.provisioning.SipExpiry;
import org.postgresql.util.PasswordUtil;

/** PostgreSQL as setup uses it. Strict: a statement that it does not know fails the test. */
final class FakePostgres {
    private static final Pattern CREATED = Pattern.compile("CREATE ROLE \"(\\w+)\"");
    private static final Pattern VERIFIER = Pattern.compile("PASSWORD '(SCRAM-SHA-256\\$(\\d+):([^$]+)\\$[^']+)'");
    private static final String NAMED = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'pbx_ha'";

    /** Role and verifier of its password. */
    final Map<String, String> roles = new TreeMap<>(Map.of("asterisk", "", "postgres", ""));

    String encoding = "UTF8";
    /** Who owns which table. */
    final Map<String, String> tables = new TreeMap<>(Map.of("staticsip", "asterisk"));

    final FakeSipTimes times = new FakeSipTimes(this);

    String run(String statements) {
        if (statements.contains("server_version')")) {
            return "13.16 (Debian 13.16-0+deb11u1)|" + encoding + "\n";
        } else if (statements.contains("json_build_object")) {
            return facts();
        } else if (statements.equals(SipExpiry.psqlScript())) {
            return times.line();
        } else if (statements.startsWith(NAMED)) {
            return roles.containsKey("pbx_ha") ? "1\n" : "";
        } else if (statements.contains("CREATE ROLE")) {
            Matcher created = CREATED.matcher(statements);
            Matcher verifier = VERIFIER.matcher(statements);
            if (created.find() && verifier.find() && statements.contains("GRANT \"asterisk\" TO \"pbx_ha\"")) {
                roles.put(created.group(1), verifier.group(1));
                return "";
            }
        } else if (statements.equals("DROP ROLE IF EXISTS \"pbx_ha\";\n")) {
            roles.remove("pbx_ha");
            return "";
        }
        throw new AssertionError("unexpected SQL: " + statements);
    }

    /** Whether a password fits the verifier. */
    boolean lets(String role, String password) {
        String verifier = roles.getOrDefault(role, "");
        Matcher parts = VERIFIER.matcher("PASSWORD '" + verifier + "'");
        return parts.matches()
                && PasswordUtil.encodeScramSha256(
                                password.toCharArray(),
                                Integer.parseInt(parts.group(2)),
                                Base64.getDecoder().decode(parts.group(3)))
                        .equals(verifier);
    }

    private String facts() {
        StringBuilder relations = new StringBuilder();
        tables.forEach((name, owner) -> relations
                .append(relations.isEmpty() ? "" : ",")
                .append("{\"name\":\"%s\",\"owner\":\"%s\",\"superuser\":%b}"
                        .formatted(name, owner, owner.equals("postgres"))));
        return "{\"serverVersion\":130016,\"encoding\":\"" + encoding + "\",\"relations\":[" + relations + "]}\n";
    }
}
