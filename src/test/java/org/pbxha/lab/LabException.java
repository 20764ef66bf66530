// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

/** The lab itself failed, as opposed to the product under test: an engine, an image, a command on a node. */
public final class LabException extends RuntimeException {
    LabException(String message) {
        super(message);
    }

    LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
