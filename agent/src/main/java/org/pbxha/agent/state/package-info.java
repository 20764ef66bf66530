// SPDX-License-Identifier: Apache-2.0
/** What a node must not forget: a small file that survives kills, power cuts and full disks. */
@NullMarked
package org.pbxha.agent.state;

import org.jspecify.annotations.NullMarked;
