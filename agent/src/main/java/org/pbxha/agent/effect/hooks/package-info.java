// SPDX-License-Identifier: Apache-2.0
/** Programs of the administrator that run when something happens. */
@NullMarked
package org.pbxha.agent.effect.hooks;

import org.jspecify.annotations.NullMarked;
