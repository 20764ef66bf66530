// SPDX-License-Identifier: Apache-2.0
/** The SSH side of pairing: keys, pinned hosts, the forced command and its proof. */
@NullMarked
package org.pbxha.sync.ssh;

import org.jspecify.annotations.NullMarked;
