// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.util.Optional;

/**
 * One option, declared once in {@link Options}: parser, checks, {@code config show}, the sample file and
 * docs/configuration.md all come from it.
 *
 * @param <T> the Java type of its value
 */
public final class Option<T> {
    private final String key;
    private final ValueType<T> type;
    private final String prose;
    private final Optional<T> fallback;
    private final String fallbackProse;
    private final boolean required;
    private final boolean secret;
    private final AfterChange afterChange;

    private Option(Builder<T> builder, Optional<T> fallback, String fallbackProse, boolean required) {
        this.key = builder.key;
        this.type = builder.type;
        this.prose = builder.prose;
        this.secret = builder.secret;
        this.afterChange = builder.afterChange;
        this.fallback = fallback;
        this.fallbackProse = fallbackProse;
        this.required = required;
    }

    /** Its dotted key, such as {@code takeover.after}: section, then name; options of the whole node have no section. */
    public String key() {
        return key;
    }

    /** The section it is written in, empty for none. */
    String section() {
        int dot = key.indexOf('.');
        return dot < 0 ? "" : key.substring(0, dot);
    }

    /** Its name within the section. */
    String name() {
        return key.substring(key.indexOf('.') + 1);
    }

    /** How its value is read and shown. */
    public ValueType<T> type() {
        return type;
    }

    /** What it is for, in one to three sentences. */
    public String prose() {
        return prose;
    }

    /** The value when the file says nothing, empty when it has to be given or follows from something else. */
    public Optional<T> fallback() {
        return fallback;
    }

    /** The default in words. */
    String fallbackProse() {
        return fallbackProse;
    }

    /** Whether the file must give it. */
    boolean required() {
        return required;
    }

    /** Whether it leads to a secret, so that a wrong value (the secret itself, perhaps) is never repeated in a message. */
    boolean secret() {
        return secret;
    }

    AfterChange afterChange() {
        return afterChange;
    }

    /** A value of this option as it is written in the file. */
    String show(T value) {
        var texts = type.show(value);
        return type.isList() ? texts.toString() : texts.get(0);
    }

    @Override
    public String toString() {
        return key;
    }

    static <T> Builder<T> option(String key, ValueType<T> type) {
        return new Builder<>(key, type);
    }

    /** Declares an option; the last call says what happens when the file does not give it. */
    static final class Builder<T> {
        private final String key;
        private final ValueType<T> type;
        private String prose = "";
        private boolean secret;
        private AfterChange afterChange = AfterChange.RESTART_AGENT;

        private Builder(String key, ValueType<T> type) {
            this.key = key;
            this.type = type;
        }

        Builder<T> prose(String text) {
            this.prose = text;
            return this;
        }

        Builder<T> setupAgain() {
            this.afterChange = AfterChange.SETUP_AGAIN;
            return this;
        }

        Builder<T> secret() {
            this.secret = true;
            return this;
        }

        Option<T> required() {
            return new Option<>(this, Optional.empty(), "", true);
        }

        /** The default follows from something else. */
        Option<T> derived(String from) {
            return new Option<>(this, Optional.empty(), from, false);
        }

        Option<T> byDefault(T value) {
            return new Option<>(this, Optional.of(value), "", false);
        }
    }
}
