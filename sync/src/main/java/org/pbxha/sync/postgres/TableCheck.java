// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares one table of the master with the one of the same name here. A missing index, another name of a constraint, and a
 * column more that needs no value are no differences.
 */
final class TableCheck {
    private final Manifest.Table master;
    private final Manifest.Table here;
    private final List<String> differences = new ArrayList<>();

    TableCheck(Manifest.Table master, Manifest.Table here) {
        this.master = master;
        this.here = here;
    }

    /** What differs, one sentence each, without the table's name. */
    List<String> differences() {
        columns();
        constraints();
        return differences;
    }

    private void columns() {
        Map<String, Manifest.Column> left = ManifestCheck.byName(here.columns(), Manifest.Column::name);
        for (Manifest.Column column : master.columns()) {
            Manifest.Column local = left.remove(column.name());
            if (local == null) {
                differences.add("column " + column.name() + " is missing here");
            } else {
                compare(column, local);
            }
        }
        left.values().stream()
                .filter(Manifest.Column::required)
                .forEach(column -> differences.add("column " + column.name() + " exists only here and needs a value"));
    }

    private void compare(Manifest.Column theirs, Manifest.Column ours) {
        String name = "column " + theirs.name();
        if (!theirs.type().equals(ours.type())) {
            differences.add(name + " is " + theirs.type() + " on the master and " + ours.type() + " here");
        }
        if (ours.notNull() && !theirs.notNull()) {
            differences.add(name + " may be NULL on the master and must not here");
        }
    }

    private void constraints() {
        Set<String> ours = definitions(here);
        Set<String> theirs = definitions(master);
        Map<String, Manifest.Constraint> named = ManifestCheck.byName(here.constraints(), Manifest.Constraint::name);
        for (Manifest.Constraint constraint : master.constraints()) {
            if (ours.contains(constraint.definition())) {
                continue;
            }
            Manifest.Constraint namesake = named.get(constraint.name());
            if (namesake == null || theirs.contains(namesake.definition())) {
                differences.add("constraint " + constraint.name() + " is missing here: " + constraint.definition());
            } else {
                named.remove(constraint.name());
                differences.add("constraint " + constraint.name() + " is " + constraint.definition()
                        + " on the master and " + namesake.definition() + " here");
            }
        }
        named.values().stream()
                .filter(constraint -> !theirs.contains(constraint.definition()))
                .forEach(constraint -> differences.add(
                        "constraint " + constraint.name() + " exists only here: " + constraint.definition()));
    }

    private static Set<String> definitions(Manifest.Table table) {
        return table.constraints().stream().map(Manifest.Constraint::definition).collect(Collectors.toSet());
    }
}
