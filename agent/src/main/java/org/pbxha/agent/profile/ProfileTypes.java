// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.profile;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.pbxha.agent.config.BadValueException;
import org.pbxha.agent.config.CategoryFate.Fate;
import org.pbxha.agent.config.Types;
import org.pbxha.agent.config.ValueType;
import org.pbxha.agent.config.ValueType.Single;

/** The kinds of values in a profile. */
final class ProfileTypes {
    static final ValueType<String> TEXT = Types.name("text on one line", "\\S.*");
    static final ValueType<String> TABLE =
            Types.name("name of a table, role, database or schema", "[A-Za-z_][A-Za-z0-9_$-]{0,62}");
    static final ValueType<List<String>> TABLES = Types.listOf(TABLE, "list of table names");
    static final ValueType<List<String>> TABLE_PATTERNS = Types.listOf(
            Types.name("name of a table, or a pattern such as stat_*", "[A-Za-z_][A-Za-z0-9_$*-]{0,62}"),
            "list of table names and patterns");
    static final ValueType<String> CATEGORY =
            Types.name("name of a category (lower-case letters, digits, dashes)", "[a-z][a-z0-9-]{0,23}");
    static final ValueType<Fate> FATE = Types.choice(Fate.class);
    static final ValueType<String> UNIT = Types.name(
            "unit name with its suffix, such as asterisk.service",
            "[A-Za-z0-9:_.@][A-Za-z0-9:_.@-]*\\.(service|socket|timer|target)");
    static final ValueType<List<String>> UNITS = Types.listOf(UNIT, "list of unit names");
    static final ValueType<Path> PATH = Types.absolutePath();
    static final ValueType<List<Path>> PATHS = Types.listOf(PATH, "list of absolute paths");
    static final ValueType<List<Path>> DIRECTORIES =
            Types.listOf(Types.synchronisedDirectory(), "list of absolute paths of directories");
    /** On this node only: it has no login and no encryption. */
    static final ValueType<URI> SERVER = new Single<>(
            "address of a server on this node, such as http://127.0.0.1:8666/provd",
            text -> {
                if (!text.matches("http://(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?(/[A-Za-z0-9._-]+)*")) {
                    throw new BadValueException("must be an address like http://127.0.0.1:8666/provd", "");
                }
                return URI.create(text);
            },
            URI::toString);

    static final ValueType<String> VARIABLE = Types.name("name of a shell variable", "[A-Za-z_][A-Za-z0-9_]*");
    static final ValueType<String> VARIABLE_VALUE =
            Types.name("plain value (letters, digits, '_', '.', '/', '-')", "[A-Za-z0-9_./-]*");

    static final ValueType<Boolean> FLAG = new Single<>(
            "value `true` or `false`",
            text -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new BadValueException("must be true or false", "");
            },
            String::valueOf);

    private ProfileTypes() {}

    /** A program with its arguments. Arguments may repeat, so this is not a {@code listOf}. */
    static final ValueType<List<String>> ARGV = new ValueType<>() {
        @Override
        public String description() {
            return "list: absolute path of a program, then its arguments";
        }

        @Override
        public List<String> parse(List<String> texts) throws BadValueException {
            if (texts.isEmpty()) {
                throw new BadValueException("is empty", "write the absolute path of a program");
            }
            PATH.parse(List.of(texts.get(0)));
            return List.copyOf(texts);
        }

        @Override
        public List<String> show(List<String> argv) {
            return argv;
        }

        @Override
        public boolean isList() {
            return true;
        }
    };
}
