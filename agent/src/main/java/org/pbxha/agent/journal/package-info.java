// SPDX-License-Identifier: Apache-2.0
/** What was decided, when and why. */
@NullMarked
package org.pbxha.agent.journal;

import org.jspecify.annotations.NullMarked;
