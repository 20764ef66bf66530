// SPDX-License-Identifier: Apache-2.0
/** The command line: what a person types, one file a command. */
@NullMarked
package org.pbxha.agent.cli;

import org.jspecify.annotations.NullMarked;
