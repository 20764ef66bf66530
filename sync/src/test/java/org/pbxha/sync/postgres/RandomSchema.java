// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A schema made by chance, always the same for the same seed: tables with odd names and columns of many types, foreign
 * keys in any direction and in cycles, some tables excluded, and rows that test every escape of COPY.
 */
final class RandomSchema {
    private static final List<String> NAMES =
            List.of("user", "Üser", "two words", "quo\"te", "a;b", "UPPER", "select", "dollar$1", "back\\slash");
    private static final List<String> TEXTS = List.of(
            "''",
            "'plain'",
            "E'tab\\tnl\\ncr\\rbs\\\\'",
            "'\\.'",
            "'\\N'",
            "'é漢😀'",
            "repeat('x', 9000)",
            "' '",
            "E'\\v\\f\\b'");

    /** A column type and how to write a random value of it. */
    private record Type(String name, Function<Random, String> value) {}

    private static final List<Type> TYPES = List.of(
            new Type("text", random -> TEXTS.get(random.nextInt(TEXTS.size()))),
            new Type("varchar(20)", random -> "'v" + random.nextInt() + "'"),
            new Type("int", random -> Integer.toString(random.nextInt())),
            new Type("bigint", random -> Long.toString(random.nextLong())),
            new Type("numeric", random -> random.nextInt() + "." + random.nextInt(Integer.MAX_VALUE)),
            new Type("float8", random -> "'" + random.nextGaussian() * 1e200 + "'"),
            new Type("real", random -> "'" + random.nextFloat() + "'"),
            new Type("boolean", random -> Boolean.toString(random.nextBoolean())),
            new Type("bytea", random -> "decode(md5('" + random.nextInt() + "'), 'hex')"),
            new Type("timestamptz", random -> "to_timestamp(" + random.nextInt() + ".25)"),
            new Type("timestamp", random -> "to_timestamp(" + random.nextInt() + ".5)::timestamp"),
            new Type("date", random -> "date '2000-01-01' + " + random.nextInt(100_000)),
            new Type("interval", random -> "make_interval(months => " + random.nextInt(99) + ", secs => -1.5)"),
            new Type("uuid", random -> "md5('" + random.nextInt() + "')::uuid"),
            new Type("json", random -> "json_build_object('k', " + TEXTS.get(random.nextInt(TEXTS.size())) + ")"),
            new Type("jsonb", random -> "jsonb_build_array(" + random.nextInt() + ", NULL)"),
            new Type("inet", random -> "inet '10.0.0.0' + " + random.nextInt(99_999)),
            new Type("text[]", random -> "ARRAY[" + TEXTS.get(random.nextInt(TEXTS.size())) + ", NULL]"),
            new Type("mood", random -> List.of("'ok'", "'two words'", "'Ü'").get(random.nextInt(3))));

    private record Table(String name, List<Type> columns, boolean excluded, int rows) {}

    private final Random random;
    private final List<Table> tables = new ArrayList<>();
    private final List<String> foreignKeys = new ArrayList<>();

    RandomSchema(long seed) {
        random = new Random(seed);
        int count = 5 + random.nextInt(15);
        for (int i = 0; i < count; i++) {
            String name = NAMES.get(random.nextInt(NAMES.size())) + i;
            List<Type> columns = IntStream.range(0, random.nextInt(8))
                    .mapToObj(n -> TYPES.get(random.nextInt(TYPES.size())))
                    .toList();
            tables.add(new Table(name, columns, random.nextInt(5) == 0, random.nextInt(60)));
        }
    }

    Selection selection() {
        Set<String> excluded =
                tables.stream().filter(Table::excluded).map(Table::name).collect(Collectors.toCollection(HashSet::new));
        return new Selection("public", excluded, List.of());
    }

    /** Whether this is an excluded table of the schema, as {@link Database#content} names it, or its sequence. */
    boolean excludes(String relation) {
        String plain = relation.replaceAll("^\"|\"$", "").replace("\"\"", "\"");
        return tables.stream()
                .filter(Table::excluded)
                .anyMatch(table -> plain.equals(table.name()) || plain.equals(table.name() + "_id_seq"));
    }

    List<String> tablesAndColumns() {
        List<String> sql = new ArrayList<>();
        sql.add("CREATE TYPE mood AS ENUM ('ok', 'two words', 'Ü')");
        for (Table table : tables) {
            String columns = IntStream.range(0, table.columns().size())
                    .mapToObj(i -> ", " + Sql.name("c " + i) + " "
                            + table.columns().get(i).name())
                    .collect(Collectors.joining());
            sql.add("CREATE TABLE " + Sql.name(table.name()) + " (id serial PRIMARY KEY, ref int" + columns + ")");
        }
        return sql;
    }

    /** Rows with ids 1 to n, different at each call; references go to ids that exist. */
    List<String> rows() {
        List<String> sql = new ArrayList<>();
        for (Table table : tables) {
            for (int row = 0; row < table.rows(); row++) {
                String values = table.columns().stream()
                        .map(type ->
                                random.nextInt(6) == 0 ? "NULL" : type.value().apply(random))
                        .map(value -> ", " + value)
                        .collect(Collectors.joining());
                sql.add("INSERT INTO " + Sql.name(table.name()) + " VALUES (DEFAULT, NULL" + values + ")");
            }
        }
        return sql;
    }

    /** Adds references among replicated tables that have rows: forwards, backwards, to themselves. */
    List<String> references() {
        if (foreignKeys.isEmpty()) {
            List<Table> ends = tables.stream()
                    .filter(table -> !table.excluded() && table.rows() > 0)
                    .toList();
            for (Table from : ends) {
                Table to = ends.get(random.nextInt(ends.size()));
                String name = Sql.name(from.name());
                foreignKeys.add("UPDATE " + name + " SET ref = 1 + id % " + to.rows() + " WHERE id % 3 > 0");
                foreignKeys.add("ALTER TABLE " + name + " ADD FOREIGN KEY (ref) REFERENCES " + Sql.name(to.name())
                        + (random.nextBoolean() ? " ON DELETE CASCADE" : " DEFERRABLE INITIALLY DEFERRED"));
            }
        }
        return foreignKeys;
    }
}
