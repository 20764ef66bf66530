// SPDX-License-Identifier: Apache-2.0
/** Bounded child processes: absolute paths, no shell, a time limit, a bounded output. */
@NullMarked
package org.pbxha.sync.process;

import org.jspecify.annotations.NullMarked;
