// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pbxha.agent.config.CategoryFate.Fate;
import org.pbxha.agent.config.Section;
import org.pbxha.agent.profile.Profile.Category;
import org.pbxha.agent.profile.Profile.Database;

/** Reads what a profile says about its database. */
final class DatabaseParser {
    private static final String CATEGORIES = "categories";

    /** How profiles of 0.1 list categories: all of them left alone. */
    private static final String EXCLUDED = "excluded";

    private DatabaseParser() {}

    static Database parse(Section section) {
        Database database = new Database(
                section.need("name", ProfileTypes.TABLE, ""),
                section.need("owner", ProfileTypes.TABLE, ""),
                section.need("schema", ProfileTypes.TABLE, ""),
                section.need("version-tables", ProfileTypes.TABLES, List.of()),
                categories(section),
                section.find("unnamed-tables", ProfileTypes.FATE).orElse(Fate.REPLICATE),
                StepParser.parse(section.sections("after")));
        checkNames(section, database);
        section.end();
        return database;
    }

    private static List<Category> categories(Section section) {
        List<Category> categories = new ArrayList<>();
        for (Section part : section.sections(CATEGORIES)) {
            categories.add(new Category(
                    part.need("name", ProfileTypes.CATEGORY, ""),
                    part.need("reason", ProfileTypes.TEXT, ""),
                    part.need("fate", ProfileTypes.FATE, Fate.LEAVE),
                    part.need("tables", ProfileTypes.TABLE_PATTERNS, List.of())));
            part.end();
        }
        for (Section part : section.sections(EXCLUDED)) {
            categories.add(new Category(
                    part.need("category", ProfileTypes.TEXT, ""),
                    part.need("reason", ProfileTypes.TEXT, ""),
                    Fate.LEAVE,
                    part.need("tables", ProfileTypes.TABLES, List.of())));
            part.end();
        }
        return categories;
    }

    private static void checkNames(Section section, Database database) {
        String key = section.has(CATEGORIES) ? CATEGORIES : EXCLUDED;
        Map<String, String> tables = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (Category category : database.categories()) {
            if (!category.name().isEmpty() && !names.add(category.name())) {
                section.problem(key, "there are two categories " + category.name(), "give each a name of its own");
            }
            for (String table : category.tables()) {
                String earlier = tables.put(table, category.name());
                if (earlier != null) {
                    section.problem(key, table + " is both in " + earlier + " and " + category.name(), "");
                }
            }
        }
    }
}
