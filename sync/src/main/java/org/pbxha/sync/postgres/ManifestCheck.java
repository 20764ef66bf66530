// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what keeps a master's snapshot from going into this database. All of it at once, so that nobody repairs one
 * difference an hour. What only this node has is no difference as long as the master's rows can do without it.
 */
final class ManifestCheck {
    private static final String UTF8 = "UTF8";

    private final Manifest master;
    private final Manifest here;
    private final Selection selection;
    private final List<String> differences = new ArrayList<>();

    private ManifestCheck(Manifest master, Manifest here, Selection selection) {
        this.master = master;
        this.here = here;
        this.selection = selection;
    }

    /** One sentence for each difference; empty when the snapshot fits. */
    static List<String> differences(Manifest master, Manifest here, Selection selection) {
        ManifestCheck check = new ManifestCheck(master, here, selection);
        check.databases();
        check.versions();
        check.tables();
        check.sequences();
        return List.copyOf(check.differences);
    }

    private void databases() {
        requireUtf8("the master's database", master);
        requireUtf8("this node's database", here);
        if (!master.schema().equals(here.schema())) {
            differences.add("the master replicates schema " + master.schema() + ", this node " + here.schema());
        }
    }

    private void requireUtf8(String whose, Manifest manifest) {
        if (!manifest.encoding().equals(UTF8)) {
            differences.add(whose + " has the encoding " + manifest.encoding() + " instead of " + UTF8);
        }
    }

    private void versions() {
        TreeSet<String> tables = new TreeSet<>(master.versions().keySet());
        tables.addAll(here.versions().keySet());
        for (String table : tables) {
            List<String> theirs = master.versions().get(table);
            List<String> ours = here.versions().get(table);
            if (!Objects.equals(theirs, ours)) {
                differences.add("the schema's version in " + table + " is " + text(theirs) + " on the master and "
                        + text(ours) + " here");
            }
        }
    }

    private static String text(@Nullable List<String> rows) {
        return rows == null ? "not there" : rows.toString();
    }

    private void tables() {
        Map<String, Manifest.Table> ours = byName(here.tables(), Manifest.Table::name);
        for (Manifest.Table theirs : master.tables()) {
            Manifest.Table table = ours.get(theirs.name());
            if (table != null) {
                columns(theirs, table);
            } else if (selection.excludes(theirs.name())) {
                differences.add("the master sends table " + theirs.name() + ", which is excluded here");
            } else {
                differences.add("table " + theirs.name() + " is missing here");
            }
        }
    }

    private void columns(Manifest.Table theirs, Manifest.Table ours) {
        Map<String, Manifest.Column> left = byName(ours.columns(), Manifest.Column::name);
        for (Manifest.Column column : theirs.columns()) {
            String name = theirs.name() + "." + column.name();
            Manifest.Column local = left.remove(column.name());
            if (local == null) {
                differences.add("column " + name + " is missing here");
            } else if (!local.type().equals(column.type())) {
                differences.add(
                        "column " + name + " is " + column.type() + " on the master and " + local.type() + " here");
            }
        }
        left.values().stream()
                .filter(Manifest.Column::required)
                .forEach(column -> differences.add(
                        "column " + theirs.name() + "." + column.name() + " exists only here and needs a value"));
    }

    private void sequences() {
        Map<String, Manifest.Sequence> ours = byName(here.sequences(), Manifest.Sequence::name);
        master.sequences().stream()
                .filter(sequence -> !ours.containsKey(sequence.name()))
                .forEach(sequence -> differences.add("sequence " + sequence.name() + " is missing here"));
    }

    private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
        return items.stream().collect(Collectors.toMap(name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }
}
