// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to make sure that the master serves no more, as {@code fencing.methods} names it.
 *
 * @param kind what carries it out
 * @param word the word of the configuration: {@code ssh}, {@code hook}, {@code fence_ipmilan} or {@code fence_apc:left}
 */
public record FencingMethod(Kind kind, String word) {
    private static final Path AGENTS = Path.of("/usr/sbin");
    private static final Pattern AGENT = Pattern.compile("fence_[a-z0-9_]{1,40}");
    private static final Pattern WORD = Pattern.compile("(" + AGENT.pattern() + ")(:[A-Za-z0-9_-]{1,40})?");

    /** What carries a method out. */
    public enum Kind {
        /** A forced command on the master, by a key of its own. */
        SSH,
        /** Programs of the administrator. */
        HOOK,
        /** One of Debian's fence agents. */
        AGENT
    }

    /** The type of one word. */
    static final ValueType<FencingMethod> TYPE = new ValueType.Single<>(
            "`ssh`, `hook`, `fence_NAME` or `fence_NAME:LABEL`", FencingMethod::parse, FencingMethod::word);

    private static FencingMethod parse(String text) throws BadValueException {
        return switch (text) {
            case "ssh" -> new FencingMethod(Kind.SSH, text);
            case "hook" -> new FencingMethod(Kind.HOOK, text);
            default -> {
                if (!WORD.matcher(text).matches()) {
                    throw new BadValueException(
                            "is no way to fence: write ssh, hook, or a fence agent as fence_NAME or fence_NAME:LABEL",
                            Spelling.didYouMean(text, List.of("ssh", "hook")));
                }
                yield new FencingMethod(Kind.AGENT, text);
            }
        };
    }

    /** The program of a fence agent: {@code /usr/sbin/fence_ipmilan}. */
    public Path agent() {
        Matcher matcher = WORD.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalStateException(word + " is no fence agent");
        }
        return AGENTS.resolve(matcher.group(1));
    }

    /** The file with the options of a fence agent: {@code fence_apc:left.conf}. */
    public Path options(Path directory) {
        return directory.resolve(word + ".conf");
    }
}
