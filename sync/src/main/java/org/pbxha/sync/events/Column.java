// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

/**
 * A column.
 *
 * @param name as it is
 * @param type on the source with its modifiers, as the target's column is made; {@code text} for types that are not
 *     PostgreSQL's own
 */
record Column(String name, String type) {}
