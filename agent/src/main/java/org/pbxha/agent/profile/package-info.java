// SPDX-License-Identifier: Apache-2.0
/** Platforms as data: which database, directories and units make up a PBX, and the steps that open and close it. */
@NullMarked
package org.pbxha.agent.profile;

import org.jspecify.annotations.NullMarked;
