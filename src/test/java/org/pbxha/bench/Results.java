// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pbxha.report.Table;

/** What was measured, as a table for people and as a file for programs. */
final class Results {
    private static final List<String> NUMBERS = List.of("value", "min", "max", "runs", "baseline", "ratio");

    private final List<Measurement> measurements = new ArrayList<>();

    void add(Measurement measurement) {
        measurements.add(measurement);
    }

    Table table() {
        Table table = new Table("name", "unit", ">value", ">min", ">max", ">runs", ">baseline", ">ratio");
        for (Measurement measurement : measurements) {
            Map<String, Object> fields = measurement.fields();
            List<String> cells = new ArrayList<>(List.of(measurement.name(), measurement.unit()));
            NUMBERS.forEach(number -> cells.add(Objects.toString(fields.get(number), "")));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    void write(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(
                            file.toFile(),
                            measurements.stream().map(Measurement::fields).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
