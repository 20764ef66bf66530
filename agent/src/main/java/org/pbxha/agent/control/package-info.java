// SPDX-License-Identifier: Apache-2.0
/** How the command line talks to the running agent: a socket file that only root may open. */
@NullMarked
package org.pbxha.agent.control;

import org.jspecify.annotations.NullMarked;
