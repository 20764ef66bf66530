// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pbxha.agent.config.ValueType.Listing;
import org.pbxha.agent.config.ValueType.Single;

/** The kinds of values an option can have. */
public final class Types {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private Types() {}

    /** One of the words of an enum, in lower case. */
    public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        List<String> words = Stream.of(type.getEnumConstants()).map(Types::word).toList();
        String description = words.stream().collect(Collectors.joining("`, `", "one of `", "`"));
        return new Single<>(
                description,
                text -> {
                    if (!words.contains(text)) {
                        throw new BadValueException(
                                "must be one of " + String.join(", ", words), Spelling.didYouMean(text, words));
                    }
                    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
                },
                Types::word);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A TCP or UDP port. */
    public static ValueType<Integer> port() {
        return new Single<>(
                "port from 1 to 65535",
                text -> {
                    int port = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
                    if (port < 1 || port > 65535) {
                        throw new BadValueException("must be a port from 1 to 65535", "");
                    }
                    return port;
                },
                String::valueOf);
    }

    /** A duration within bounds, which are written as in the file. */
    public static ValueType<Duration> duration(String least, String most) {
        return new Single<>(
                "duration from `" + least + "` to `" + most + "`",
                text -> {
                    Duration value = DurationText.parse(text);
                    if (value.compareTo(DurationText.parse(least)) < 0
                            || value.compareTo(DurationText.parse(most)) > 0) {
                        throw new BadValueException("must be from " + least + " to " + most, "");
                    }
                    return value;
                },
                DurationText::print);
    }

    /** Yes or no. */
    public static ValueType<Boolean> truth() {
        return new Single<>(
                "`true` or `false`",
                text -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new BadValueException("must be true or false", "");
                    }
                    return Boolean.valueOf(text);
                },
                String::valueOf);
    }

    /** A quartz cron expression, or off. */
    public static ValueType<Schedule> schedule() {
        return new Single<>("quartz cron expression, or `off`", Schedule::parse, Schedule::text);
    }

    /** A name as accounts, databases and profiles have; never a path, never something a shell or SQL could trip over. */
    public static ValueType<String> name(String description, String pattern) {
        Pattern allowed = Pattern.compile(pattern);
        return new Single<>(
                description,
                text -> {
                    if (!allowed.matcher(text).matches()) {
                        throw new BadValueException("must be a " + description, "");
                    }
                    return text;
                },
                text -> text);
    }

    /** A path from the root, without detours. */
    public static ValueType<Path> absolutePath() {
        return new Single<>("absolute path", Types::absolute, Path::toString);
    }

    /** A directory that may be synchronised. */
    public static ValueType<Path> synchronisedDirectory() {
        return Directories.synchronised();
    }

    /** Any number of values of one type. */
    public static <T> ValueType<List<T>> listOf(ValueType<T> element, String description) {
        return new Listing<>(element, description);
    }

    static Path absolute(String text) throws BadValueException {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute() && path.equals(path.normalize())) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new BadValueException("is not a path: " + e.getReason(), "");
        }
        throw new BadValueException("must be an absolute path without '.' or '..'", "start it with '/'");
    }
}
