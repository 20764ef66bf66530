// SPDX-License-Identifier: Apache-2.0
/** Makes sure that a silent master serves no more, and takes note of having been fenced. */
@NullMarked
package org.pbxha.agent.effect.fencing;

import org.jspecify.annotations.NullMarked;
