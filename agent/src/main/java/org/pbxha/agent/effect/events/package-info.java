// SPDX-License-Identifier: Apache-2.0
/** Events of this node go to a reporting database, beside everything else. */
@NullMarked
package org.pbxha.agent.effect.events;

import org.jspecify.annotations.NullMarked;
