// SPDX-License-Identifier: Apache-2.0
/** Phones that fail over: SIP expiry and phone provisioning. */
@NullMarked
package org.pbxha.provisioning;

import org.jspecify.annotations.NullMarked;
