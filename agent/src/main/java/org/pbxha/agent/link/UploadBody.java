// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.io.IOException;
import java.io.OutputStream;

/** Produces the body of an upload. */
@FunctionalInterface
public interface UploadBody {
    /**
     * Writes all of the body and need not close it. When it throws, the stream is cut off, so that the peer does not take
     * a part for the whole.
     */
    void writeTo(OutputStream out) throws IOException;
}
