// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    private static final String DATABASE = "database";
    private static final String SELECTION = "selection";

    private final Manifest master;
    private final Manifest here;
    private final Selection selection;
    private final List<Difference> differences = new ArrayList<>();

    private ManifestCheck(Manifest master, Manifest here, Selection selection) {
        this.master = master;
        this.here = here;
        this.selection = selection;
    }

    /** One for each difference, those of a table next to each other; empty when the snapshot fits. */
    static List<Difference> differences(Manifest master, Manifest here, Selection selection) {
        ManifestCheck check = new ManifestCheck(master, here, selection);
        check.databases();
        check.rules();
        check.versions();
        check.extensions();
        check.tables();
        check.sequences();
        return List.copyOf(check.differences);
    }

    private void add(String where, String what) {
        differences.add(new Difference(where, what));
    }

    private void databases() {
        requireUtf8("the master's database", master);
        requireUtf8("this node's database", here);
        if (!master.schema().equals(here.schema())) {
            add(DATABASE, "the master replicates schema " + master.schema() + ", this node " + here.schema());
        }
    }

    private void requireUtf8(String whose, Manifest manifest) {
        if (!manifest.encoding().equals(UTF8)) {
            add(DATABASE, whose + " has the encoding " + manifest.encoding() + " instead of " + UTF8);
        }
    }

    private void rules() {
        Map<String, Selection.Fate> ours = here.rules().categories();
        master.rules().categories().forEach((category, fate) -> {
            Selection.Fate other = ours.getOrDefault(category, fate);
            if (other != fate) {
                add(
                        SELECTION,
                        "category " + category + " is " + words(fate) + " on the master and " + words(other)
                                + " here: give replication.categories the same value on both nodes");
            }
        });
        Selection.Fate unnamed = master.rules().unnamed();
        if (unnamed != here.rules().unnamed()) {
            add(
                    SELECTION,
                    "a table that no rule names is " + words(unnamed) + " on the master and "
                            + words(here.rules().unnamed()) + " here: use the same profile on both nodes");
        }
    }

    private static String words(Selection.Fate fate) {
        return fate == Selection.Fate.REPLICATE ? "replicated" : "left alone";
    }

    private void versions() {
        TreeSet<String> tables = new TreeSet<>(master.versions().keySet());
        tables.addAll(here.versions().keySet());
        for (String table : tables) {
            List<String> theirs = master.versions().get(table);
            List<String> ours = here.versions().get(table);
            if (!Objects.equals(theirs, ours)) {
                add(table, "the schema's version is " + text(theirs) + " on the master and " + text(ours) + " here");
            }
        }
    }

    private static String text(@Nullable List<String> rows) {
        return rows == null ? "not there" : rows.toString();
    }

    /** Only those that a type comes from: functions and index methods of an extension are not needed for copying rows. */
    private void extensions() {
        Map<String, List<String>> needed = new TreeMap<>();
        for (Manifest.Table table : master.tables()) {
            for (Manifest.Column column : table.columns()) {
                if (!column.extension().isEmpty()) {
                    needed.computeIfAbsent(column.extension(), name -> new ArrayList<>())
                            .add(table.name() + "." + column.name());
                }
            }
        }
        needed.keySet().removeAll(here.extensions());
        needed.forEach((extension, columns) -> add(
                "extension " + extension,
                "it is missing here, and its types are needed" + " for " + String.join(", ", columns)
                        + ": CREATE EXTENSION " + Sql.name(extension)));
    }

    private void tables() {
        Map<String, Manifest.Table> ours = byName(here.tables(), Manifest.Table::name);
        for (Manifest.Table theirs : master.tables()) {
            String name = theirs.name();
            Manifest.Table table = ours.get(name);
            if (table != null) {
                new TableCheck(theirs, table).differences().forEach(what -> add(name, what));
            } else if (selection.excludes(name)) {
                add(name, "the master sends the table, which is left alone here");
            } else {
                add(name, "the table is missing here");
            }
        }
        master.rules().left().stream()
                .filter(ours::containsKey)
                .forEach(name -> add(name, "the table is left alone on the master and replicated here"));
    }

    private void sequences() {
        Map<String, Manifest.Sequence> ours = byName(here.sequences(), Manifest.Sequence::name);
        master.sequences().stream()
                .filter(sequence -> !ours.containsKey(sequence.name()))
                .forEach(sequence -> add(sequence.name(), "the sequence is missing here"));
    }

    static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
        return items.stream().collect(Collectors.toMap(name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }
}
