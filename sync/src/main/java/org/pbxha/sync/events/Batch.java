// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.events;

import java.util.List;

/**
 * A bounded piece of a pass.
 *
 * @param rows each with the texts of the source's columns, null for NULL
 * @param pass what is left to do; what it was when it is finished
 * @param finished whether the pass ends here
 */
record Batch(List<String[]> rows, Pass pass, boolean finished) {}
