// SPDX-License-Identifier: Apache-2.0
/** What two nodes that were both active leave behind: a report, and a refusal to overwrite until an operator accepts it. */
@NullMarked
package org.pbxha.agent.splitbrain;

import org.jspecify.annotations.NullMarked;
