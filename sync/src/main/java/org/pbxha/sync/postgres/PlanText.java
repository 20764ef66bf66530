// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.pbxha.sync.postgres.ReplicationPlan.Fate;
import org.pbxha.sync.postgres.ReplicationPlan.Table;

/** A {@link ReplicationPlan} for a terminal of 100 columns. */
public final class PlanText {
    private static final int WIDTH = 100;
    private static final int LONGEST_NAME = 36;
    private static final String NO_CATEGORY = "no category";

    private final ReplicationPlan plan;
    private final List<String> lines = new ArrayList<>();

    private PlanText(ReplicationPlan plan) {
        this.plan = plan;
    }

    /** The plan as lines. */
    public static List<String> lines(ReplicationPlan plan) {
        PlanText text = new PlanText(plan);
        text.tables();
        text.unmatched();
        text.unnamed();
        text.obstacles();
        text.borders();
        text.totals();
        return text.lines;
    }

    private void tables() {
        lines.add("database " + plan.database() + ", schema " + plan.schema() + ": "
                + plan.tables().size() + " tables");
        lines.add("");
        int name = plan.tables().stream()
                .mapToInt(table -> table.name().length())
                .filter(length -> length <= LONGEST_NAME)
                .max()
                .orElse(0);
        int category = Math.max(
                NO_CATEGORY.length(),
                plan.tables().stream()
                        .mapToInt(table -> table.category().length())
                        .max()
                        .orElse(0));
        String format = "%-" + Math.max(name, 5) + "s  %-10s  %-" + category + "s  %11s  %8s";
        lines.add(format.formatted("TABLE", "FATE", "CATEGORY", "ROWS", "SIZE"));
        for (Table table : plan.tables()) {
            boolean fits = table.name().length() <= LONGEST_NAME;
            if (!fits) {
                lines.add(table.name());
            }
            lines.add(format.formatted(
                    fits ? table.name() : "",
                    words(table.fate()),
                    table.category().isEmpty() ? NO_CATEGORY : table.category(),
                    rows(table),
                    Bytes.text(table.bytes())));
        }
    }

    private static String words(Fate fate) {
        return switch (fate) {
            case REPLICATED -> "replicated";
            case LEFT_ALONE -> "left alone";
            case COMPARED -> "compared";
        };
    }

    private static String rows(Table table) {
        if (table.rows() < 0) {
            return "?";
        }
        return (table.estimated() ? "~" : "") + table.rows();
    }

    private void unmatched() {
        if (!plan.unmatchedCategories().isEmpty()) {
            heading(
                    "WARNING: categories that match no table here; a table of theirs under another name gets another fate");
            plan.unmatchedCategories()
                    .forEach(found -> item(found.category() + " ("
                            + found.fate().name().toLowerCase(Locale.ROOT) + "): " + String.join(", ", found.names())));
        }
        if (!plan.unmatchedNames().isEmpty()) {
            heading("Names that match nothing here, and need not (other versions have them):");
            plan.unmatchedNames().forEach(found -> item(found.category() + ": " + String.join(", ", found.names())));
        }
    }

    private void unnamed() {
        List<String> names = plan.unnamedTables();
        boolean replicated = plan.unnamed() == Selection.Fate.REPLICATE;
        if (!names.isEmpty()) {
            heading(names.size() + " tables that no rule names are " + (replicated ? "replicated" : "left alone")
                    + ":");
            item(String.join(", ", names));
        }
    }

    private void obstacles() {
        if (plan.obstacles().isEmpty() && plan.largeObjects() == 0) {
            return;
        }
        heading("Not copied, or not as one might think:");
        plan.obstacles().forEach(obstacle -> item(obstacle.what() + ": " + obstacle.why()));
        if (plan.largeObjects() > 0) {
            item(plan.largeObjects() + " large objects (pg_largeobject): they are not copied");
        }
    }

    private void borders() {
        if (!plan.borders().isEmpty()) {
            heading(
                    "Foreign keys between replicated tables and others; where a row would lose the one it refers to, the copy"
                            + " is refused and nothing changes:");
            plan.borders()
                    .forEach(border ->
                            item(border.table() + " refers to " + border.target() + " (" + border.name() + ")"));
        }
    }

    private void totals() {
        heading("Total: " + total("replicated", Fate.REPLICATED) + "; " + total("left alone", Fate.LEFT_ALONE) + "; "
                + total("compared, never copied", Fate.COMPARED));
    }

    private String total(String words, Fate fate) {
        Predicate<Table> matching = table -> table.fate() == fate;
        long rows = plan.tables().stream()
                .filter(matching)
                .mapToLong(table -> Math.max(0, table.rows()))
                .sum();
        long bytes =
                plan.tables().stream().filter(matching).mapToLong(Table::bytes).sum();
        return plan.tables().stream().filter(matching).count() + " " + words + " (about " + rows + " rows, "
                + Bytes.text(bytes) + ")";
    }

    private void heading(String text) {
        lines.add("");
        wrap(text, "", "  ");
    }

    private void item(String text) {
        wrap(text, "  ", "    ");
    }

    private void wrap(String text, String first, String further) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(further);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
    }
}
