// SPDX-License-Identifier: Apache-2.0
/** Making two PBXs a pair, and undoing it: checks, a plan of reversible changes, pairing. */
@NullMarked
package org.pbxha.agent.setup;

import org.jspecify.annotations.NullMarked;
