// SPDX-License-Identifier: Apache-2.0
/** Every change that setup makes to a node, its way back, and the checks before it. */
@NullMarked
package org.pbxha.agent.effect.setup;

import org.jspecify.annotations.NullMarked;
