// SPDX-License-Identifier: Apache-2.0
/** The options of pbx-ha.yml: declared once in {@link org.pbxha.agent.config.Options}, read, checked and documented from there. */
@NullMarked
package org.pbxha.agent.config;

import org.jspecify.annotations.NullMarked;
