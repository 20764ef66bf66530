// SPDX-License-Identifier: Apache-2.0
/** What Asterisk says about itself: its manager interface, and probes that see it as a phone does. */
@NullMarked
package org.pbxha.ami;

import org.jspecify.annotations.NullMarked;
