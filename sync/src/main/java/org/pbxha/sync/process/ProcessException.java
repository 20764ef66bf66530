// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.process;

import org.jspecify.annotations.Nullable;
import org.pbxha.sync.SyncException;

/** A program could not be started: it is missing, or running it would not be safe. */
public final class ProcessException extends SyncException {
    ProcessException(String message, String hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }
}
