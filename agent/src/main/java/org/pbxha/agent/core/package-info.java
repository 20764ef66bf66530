// SPDX-License-Identifier: Apache-2.0
/** Decides, and nothing else: no clock, no input or output, no logging. Time comes in as data. */
@NullMarked
package org.pbxha.agent.core;

import org.jspecify.annotations.NullMarked;
