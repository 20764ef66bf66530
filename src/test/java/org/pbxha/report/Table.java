// SPDX-License-Identifier: Apache-2.0
package org.pbxha.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of plain text, as wide as its content. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with its headings; one that begins with ">" puts its column to the right, as numbers want it. */
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row: as many cells as there are headings. */
    public void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + rows.get(0));
        }
        rows.add(List.of(cells));
    }

    /** The lines of the table. */
    @Override
    public String toString() {
        List<String> headings = rows.get(0);
        List<Boolean> right =
                headings.stream().map(heading -> heading.startsWith(">")).toList();
        List<List<String>> shown = new ArrayList<>(rows);
        shown.set(
                0,
                headings.stream()
                        .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                        .toList());
        List<Integer> widths = IntStream.range(0, headings.size())
                .mapToObj(column -> width(shown, column))
                .toList();
        shown.add(1, widths.stream().map("-"::repeat).toList());
        return shown.stream().map(row -> line(row, widths, right)).collect(Collectors.joining("\n"));
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, List<Integer> widths, List<Boolean> right) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> pad(row.get(column), widths.get(column), right.get(column)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String pad(String cell, int width, boolean right) {
        String space = " ".repeat(width - cell.length());
        return right ? space + cell : cell + space;
    }
}
