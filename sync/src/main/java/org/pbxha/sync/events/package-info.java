// SPDX-License-Identifier: Apache-2.0
/**
 * Event shipping: rows of event tables are copied to a reporting database, each once. {@link org.pbxha.sync.events.TableShipper}
 * says why none is lost and none is doubled.
 */
@NullMarked
package org.pbxha.sync.events;

import org.jspecify.annotations.NullMarked;
