// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.ArrayList;
import java.util.List;

/**
 * How one kind of value is described, read and written.
 *
 * @param <T> the Java type of the value
 */
public interface ValueType<T> {
    /** For people: what it is and which values are possible, such as "duration from 1s to 5m". */
    String description();

    /** Reads the texts written in the file: one, or any number for a list. */
    T parse(List<String> texts) throws BadValueException;

    /** The texts that {@link #parse} reads back as the same value. */
    List<String> show(T value);

    /** Whether it is written as a YAML list. */
    default boolean isList() {
        return false;
    }

    /** Reads one text. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws BadValueException;
    }

    /** Writes one value. */
    @FunctionalInterface
    interface Printer<T> {
        String print(T value);
    }

    /** A type written as one text. */
    record Single<T>(String description, Parser<T> parser, Printer<T> printer) implements ValueType<T> {
        @Override
        public T parse(List<String> texts) throws BadValueException {
            return parser.parse(texts.get(0));
        }

        @Override
        public List<String> show(T value) {
            return List.of(printer.print(value));
        }
    }

    /** A list of values of one type, without repetition. */
    record Listing<T>(ValueType<T> element, String description) implements ValueType<List<T>> {
        @Override
        public List<T> parse(List<String> texts) throws BadValueException {
            List<T> values = new ArrayList<>();
            for (String text : texts) {
                T value = parse(text);
                if (values.contains(value)) {
                    throw new BadValueException(text + " is listed twice", "keep one of them");
                }
                values.add(value);
            }
            return List.copyOf(values);
        }

        private T parse(String text) throws BadValueException {
            try {
                return element.parse(List.of(text));
            } catch (BadValueException e) {
                // Which of them?
                throw new BadValueException(text + " " + e.reason(), e.suggestion());
            }
        }

        @Override
        public List<String> show(List<T> values) {
            return values.stream().map(value -> element.show(value).get(0)).toList();
        }

        @Override
        public boolean isList() {
            return true;
        }
    }
}
