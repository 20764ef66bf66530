// SPDX-License-Identifier: Apache-2.0
/** Where log lines go, and how they look. */
@NullMarked
package org.pbxha.agent.log;

import org.jspecify.annotations.NullMarked;
