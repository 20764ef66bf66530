// SPDX-License-Identifier: Apache-2.0
/** Database replication: a consistent snapshot, streamed, applied in one transaction. */
@NullMarked
package org.pbxha.sync.postgres;

import org.jspecify.annotations.NullMarked;
