// SPDX-License-Identifier: Apache-2.0
/** Moving data between the nodes: bounded child processes, SSH, rsync, PostgreSQL replication. */
@NullMarked
package org.pbxha.sync;

import org.jspecify.annotations.NullMarked;
