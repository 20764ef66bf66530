// SPDX-License-Identifier: Apache-2.0
/** Replication and sync as jobs: one run at a time, the last result remembered. */
@NullMarked
package org.pbxha.agent.jobs;

import org.jspecify.annotations.NullMarked;
