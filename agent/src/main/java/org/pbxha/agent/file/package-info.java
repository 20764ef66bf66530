// SPDX-License-Identifier: Apache-2.0
/** Files that are either as they were or wholly new, whatever happens in between. */
@NullMarked
package org.pbxha.agent.file;

import org.jspecify.annotations.NullMarked;
