// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.util.List;
import java.util.Locale;

/** Writes the rule table as the page docs/state-machine.md. */
public final class RuleTableText {
    private RuleTableText() {}

    /** The whole page: what it is, the diagram, and one table a section. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # State machine

                <!-- Generated from the rule table (agent.core); `make docs` writes it anew. -->

                Every cycle each agent reads all facts at once and tries the rows of its role and service state from top
                to bottom; the first row whose conditions all hold decides. The number and the reason of that row are in
                `pbx-ha status`, in `pbx-ha history` and in the system journal.

                A probe is *silent* when it has not answered for `takeover.after`, a witness already after half of it: so a
                node whose cable is cut knows it before it could take its master for dead. A master's or slave's word counts
                only while the peer link is not silent. Rows marked `!` raise an alarm. Rows of *either* role come before those of one
                role.

                """);
        page.append(diagram());
        String section = "";
        for (Rule rule : RuleTable.rows()) {
            String next = role(rule) + ", " + words(rule.service());
            if (!next.equals(section)) {
                section = next;
                page.append("\n## ")
                        .append(section)
                        .append("\n\n| row | when | then | reason | what to do |\n|---|---|---|---|---|\n");
            }
            page.append("| %d%s | %s | %s | %s | %s |%n"
                    .formatted(
                            rule.number(),
                            rule.alarm() ? " !" : "",
                            rule.conditionWords(),
                            rule.outcome().words(),
                            rule.reason(),
                            rule.advice()));
        }
        return page.toString();
    }

    private static String diagram() {
        StringBuilder lines = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        for (Rule rule : RuleTable.rows()) {
            ServiceState to = target(rule);
            if (to != rule.service()) {
                roles(rule)
                        .forEach(role -> lines.append("    %s_%s --> %s_%s : %d %s%n"
                                .formatted(
                                        words(role),
                                        words(rule.service()),
                                        words(role),
                                        words(to),
                                        rule.number(),
                                        rule.outcome().words())));
            }
        }
        return lines.append("```\n").toString();
    }

    private static ServiceState target(Rule rule) {
        return switch (rule.outcome()) {
            case TAKE_OVER, OPEN, RECEIVE, RESUME -> ServiceState.ACTIVE;
            case STAND_DOWN, GIVE_UP, ACCEPT_FENCE -> ServiceState.STANDBY;
            default -> rule.service();
        };
    }

    private static List<Role> roles(Rule rule) {
        Role role = rule.role();
        return role == null ? List.of(Role.MASTER, Role.SLAVE) : List.of(role);
    }

    private static String role(Rule rule) {
        Role role = rule.role();
        return role == null ? "either" : words(role);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
