// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark and what it measured.
 *
 * @param name as docs/benchmarks.md has it
 * @param unit s, MB, ms or %
 * @param samples of the product
 * @param baseline of what it is compared with, in the same unit; absent where there is nothing
 */
record Measurement(
        String name, String unit, Samples samples, @Nullable Samples baseline) {
    /** The fields of results.json. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("unit", unit);
        fields.put("value", rounded(samples.median()));
        fields.put("min", rounded(samples.min()));
        fields.put("max", rounded(samples.max()));
        fields.put("runs", samples.runs());
        if (baseline != null) {
            fields.put("baseline", rounded(baseline.median()));
            fields.put("ratio", rounded(samples.median() / baseline.median()));
        }
        return fields;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
