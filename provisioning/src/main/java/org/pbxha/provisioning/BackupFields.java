// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a provd configuration names a backup server: a registrar beside its main addresses, a phone beside each line or call
 * manager that goes to one of those addresses.
 */
final class BackupFields {
    private static final JsonPointer FIRST_CALL_MANAGER = JsonPointer.compile("/raw_config/sccp_call_managers/1/ip");
    private static final JsonPointer SECOND_CALL_MANAGER = JsonPointer.compile("/raw_config/sccp_call_managers/2/ip");
    private static final JsonPointer LINES = JsonPointer.compile("/raw_config/sip_lines");

    private BackupFields() {}

    /** The main addresses of these registrars. */
    static Set<String> mainAddresses(List<ObjectNode> registrars) {
        return registrars.stream()
                .flatMap(registrar -> java.util.stream.Stream.of("registrar_main", "proxy_main")
                        .map(key -> registrar.path(key).asText("")))
                .filter(address -> !address.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The backup fields that {@code config} has or should have, as its phones go to one of {@code mains}. */
    static List<JsonPointer> in(ObjectNode config, Set<String> mains) {
        List<JsonPointer> fields = new ArrayList<>();
        if (config.path("X_type").asText().equals("registrar")) {
            fields.add(JsonPointer.compile("/registrar_backup"));
            fields.add(JsonPointer.compile("/proxy_backup"));
        }
        for (Map.Entry<String, JsonNode> line : config.at(LINES).properties()) {
            if (mains.contains(line.getValue().path("proxy_ip").asText())
                    || mains.contains(line.getValue().path("registrar_ip").asText())) {
                fields.add(LINES.appendProperty(line.getKey()).appendProperty("backup_registrar_ip"));
                fields.add(LINES.appendProperty(line.getKey()).appendProperty("backup_proxy_ip"));
            }
        }
        if (mains.contains(config.at(FIRST_CALL_MANAGER).asText())) {
            fields.add(SECOND_CALL_MANAGER);
        }
        return fields;
    }

    /** The value, null when it is missing or null. */
    static @Nullable String read(ObjectNode config, JsonPointer field) {
        return config.at(field).isValueNode() && !config.at(field).isNull()
                ? config.at(field).asText()
                : null;
    }

    /** Sets the value; null takes the field away, and the call manager that was only there for it. */
    static void write(ObjectNode config, JsonPointer field, @Nullable String value) {
        ObjectNode parent = config.withObject(field.head());
        String key = field.last().getMatchingProperty();
        if (value != null) {
            parent.put(key, value);
            return;
        }
        parent.remove(key);
        if (field.equals(SECOND_CALL_MANAGER) && parent.isEmpty()) {
            config.withObject(field.head().head()).remove(field.head().last().getMatchingProperty());
        }
    }
}
