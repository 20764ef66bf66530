// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.control;

import java.io.PrintWriter;
import java.io.Writer;

/** Turns what a command prints into answer lines of the control protocol. */
final class LinesWriter extends PrintWriter {
    LinesWriter(PrintWriter protocol) {
        super(new LineSplitter(protocol), true);
    }

    private static final class LineSplitter extends Writer {
        private final PrintWriter protocol;
        private final StringBuilder line = new StringBuilder();

        LineSplitter(PrintWriter protocol) {
            this.protocol = protocol;
        }

        @Override
        public void write(char[] buffer, int offset, int length) {
            for (int at = offset; at < offset + length; at++) {
                if (buffer[at] == '\n') {
                    protocol.println("out " + line);
                    line.setLength(0);
                } else {
                    line.append(buffer[at]);
                }
            }
        }

        @Override
        public void flush() {
            protocol.flush();
        }

        @Override
        public void close() {
            protocol.flush();
        }
    }
}
