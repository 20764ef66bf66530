// SPDX-License-Identifier: Apache-2.0
/** The cycle: read, decide, persist, act, publish. */
@NullMarked
package org.pbxha.agent.loop;

import org.jspecify.annotations.NullMarked;
