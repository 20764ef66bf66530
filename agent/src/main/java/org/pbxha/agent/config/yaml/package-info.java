// SPDX-License-Identifier: Apache-2.0
/** The small, strict part of YAML that the configuration and the profiles are written in. */
@NullMarked
package org.pbxha.agent.config.yaml;

import org.jspecify.annotations.NullMarked;
