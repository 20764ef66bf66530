// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

/**
 * The result of one check before anything is changed.
 *
 * @param level whether it stands in the way
 * @param sentence what was found, with values
 * @param next what to do about it; empty when it is fine
 */
public record Check(Level level, String sentence, String next) {
    /** Whether a result stands in the way. */
    public enum Level {
        /** Fine. */
        OK,
        /** Works, but should be known. */
        WARNING,
        /** Setup stops. */
        ERROR
    }

    /** A fine result. */
    public static Check ok(String sentence) {
        return new Check(Level.OK, sentence, "");
    }

    /** Something that should be known. */
    public static Check warning(String sentence, String next) {
        return new Check(Level.WARNING, sentence, next);
    }

    /** Something that stops setup. */
    public static Check error(String sentence, String next) {
        return new Check(Level.ERROR, sentence, next);
    }
}
