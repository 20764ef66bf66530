// SPDX-License-Identifier: Apache-2.0
/** Turns probes and words into the facts of one moment. */
@NullMarked
package org.pbxha.agent.observe;

import org.jspecify.annotations.NullMarked;
