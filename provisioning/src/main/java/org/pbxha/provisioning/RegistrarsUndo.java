// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link Registrars#nameBackup} changed, for {@link Registrars#restore}. The caller stores it. */
public record RegistrarsUndo(List<Previous> values) {
    /** Nothing was changed. */
    public static final RegistrarsUndo NOTHING = new RegistrarsUndo(List.of());

    public RegistrarsUndo {
        values = List.copyOf(values);
    }

    /**
     * One value before the change.
     *
     * @param config id of the provd configuration
     * @param field JSON pointer within it
     * @param value null when there was none
     */
    public record Previous(
            String config, String field, @Nullable String value) {}

    /** The record after the change was made once more: what the first one found stays. */
    public RegistrarsUndo plus(RegistrarsUndo later) {
        List<Previous> both = new ArrayList<>(values);
        later.values().stream()
                .filter(value -> find(value.config(), value.field()).isEmpty())
                .forEach(both::add);
        return new RegistrarsUndo(both);
    }

    Optional<Previous> find(String config, String field) {
        return values.stream()
                .filter(value -> value.config().equals(config) && value.field().equals(field))
                .findFirst();
    }
}
