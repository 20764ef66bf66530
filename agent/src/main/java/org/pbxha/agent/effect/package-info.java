// SPDX-License-Identifier: Apache-2.0
/** Actions become services, data and files. */
@NullMarked
package org.pbxha.agent.effect;

import org.jspecify.annotations.NullMarked;
