// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.core;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One row of the rule table.
 *
 * @param number where the row stands; gaps are left for later rows
 * @param role whose rule it is, null for both roles
 * @param service in which service state it applies
 * @param conditions all must hold
 * @param outcome what it does
 * @param alarm whether an administrator should look
 * @param reason one line for people
 * @param advice what an administrator should do next; empty on rows without alarm
 */
public record Rule(
        int number,
        @Nullable Role role,
        ServiceState service,
        List<Condition> conditions,
        Outcome outcome,
        boolean alarm,
        String reason,
        String advice) {

    /** Starts a row. */
    static Builder row(int number, Role role, ServiceState service) {
        return new Builder(number, role, service);
    }

    /** Starts a row for both roles. */
    static Builder row(int number, ServiceState service) {
        return new Builder(number, null, service);
    }

    boolean matches(State state, Facts facts) {
        if (!concerns(facts.role(), state.service())) {
            return false;
        }
        for (Condition condition : conditions) {
            if (!condition.holds(state, facts)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is about what comes before a takeover: the hooks are asked, and the peer is fenced. */
    public boolean preparesTakeover() {
        return conditions.stream().anyMatch(Conditions.PREPARING::contains);
    }

    /** The conditions that do not hold, for a row of this node's role and service state. */
    public List<String> missing(State state, Facts facts) {
        return conditions.stream()
                .filter(condition -> !condition.holds(state, facts))
                .map(Condition::words)
                .toList();
    }

    /** Whether it is about a node of this role in this service state. */
    public boolean concerns(Role some, ServiceState state) {
        return (role == null || role == some) && service == state;
    }

    /** The conditions as people read them; "otherwise" for a row without any. */
    public String conditionWords() {
        return conditions.isEmpty()
                ? "otherwise"
                : conditions.stream().map(Condition::words).collect(Collectors.joining("; "));
    }

    /** Writes rows as sentences. */
    record Builder(int number, @Nullable Role role, ServiceState service, List<Condition> conditions) {
        Builder(int number, @Nullable Role role, ServiceState service) {
            this(number, role, service, List.of());
        }

        Builder when(Condition... all) {
            return new Builder(number, role, service, List.of(all));
        }

        Rule then(Outcome outcome, String reason) {
            return new Rule(number, role, service, conditions, outcome, false, reason, "");
        }

        Rule alarm(Outcome outcome, String reason, String advice) {
            return new Rule(number, role, service, conditions, outcome, true, reason, advice);
        }
    }
}
