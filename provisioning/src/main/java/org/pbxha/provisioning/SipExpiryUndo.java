// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link SipExpiry#apply} found, for {@link SipExpiry#restore}. The caller stores it. */
public record SipExpiryUndo(List<Previous> values) {
    /** Nothing was recorded. */
    public static final SipExpiryUndo NOTHING = new SipExpiryUndo(List.of());

    public SipExpiryUndo {
        values = List.copyOf(values);
    }

    /**
     * One value before the change.
     *
     * @param table name of the table
     * @param place which set of times within the table
     * @param expiry which time
     * @param value null when there was none
     */
    public record Previous(
            String table,
            String place,
            Expiry expiry,
            @Nullable String value) {
        boolean isAt(String otherTable, String otherPlace, Expiry otherExpiry) {
            return table.equals(otherTable) && place.equals(otherPlace) && expiry == otherExpiry;
        }
    }

    /** The record after the change was made once more: what the first one found stays. */
    public SipExpiryUndo plus(SipExpiryUndo later) {
        List<Previous> both = new ArrayList<>(values);
        later.values().stream()
                .filter(value ->
                        find(value.table(), value.place(), value.expiry()).isEmpty())
                .forEach(both::add);
        return new SipExpiryUndo(both);
    }

    Optional<Previous> find(String table, String place, Expiry expiry) {
        return values.stream().filter(value -> value.isAt(table, place, expiry)).findFirst();
    }
}
