// SPDX-License-Identifier: Apache-2.0
/** What runs by the clock. */
@NullMarked
package org.pbxha.agent.schedule;

import org.jspecify.annotations.NullMarked;
