// SPDX-License-Identifier: Apache-2.0
/** What the agent says of itself: to its peer, and to people. */
@NullMarked
package org.pbxha.agent.status;

import org.jspecify.annotations.NullMarked;
