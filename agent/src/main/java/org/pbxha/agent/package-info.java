// SPDX-License-Identifier: Apache-2.0
/** The agent on each node: observe, decide, persist, act. */
@NullMarked
package org.pbxha.agent;

import org.jspecify.annotations.NullMarked;
