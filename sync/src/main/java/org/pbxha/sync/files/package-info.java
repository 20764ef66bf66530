// SPDX-License-Identifier: Apache-2.0
/** File sync: rsync towards daemon modules behind the forced SSH command. */
@NullMarked
package org.pbxha.sync.files;

import org.jspecify.annotations.NullMarked;
