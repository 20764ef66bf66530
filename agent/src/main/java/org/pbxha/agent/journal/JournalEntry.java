// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.journal;

/**
 * One line of the journal.
 *
 * @param time ISO instant, by this node's clock
 * @param event what kind of entry: {@code decision}, {@code steps}, {@code replication}, {@code sync}, {@code hook},
 *     {@code split-brain} or {@code agent}
 * @param service service state after it, lower case
 * @param epoch epoch after it
 * @param row the rule, 0 where no rule was involved
 * @param text one line for people
 */
public record JournalEntry(String time, String event, String service, long epoch, int row, String text) {}
