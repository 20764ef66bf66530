// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.util.Map;
import org.pbxha.sync.postgres.Contents.Part;

/** Takes the parts that a snapshot's stream brings, as they come. It never fails: what it cannot keep it says later. */
interface PartSink extends AutoCloseable {
    /** Keeps nothing. */
    PartSink NONE = new PartSink() {
        @Override
        public void begin(String table, Part part) {}

        @Override
        public void piece(byte[] compressed, int length) {}

        @Override
        public void end(Fingerprint.Value fingerprint) {}

        @Override
        public void commit(Map<String, Long> rows) {}

        @Override
        public void close() {}
    };

    /** A part of a table's content begins. */
    void begin(String table, Part part);

    /** So many bytes of the part's COPY text, compressed; the array is used again afterwards. */
    void piece(byte[] compressed, int length);

    /** The part is whole. */
    void end(Fingerprint.Value fingerprint);

    /** The database has it all; the tables have so many rows now. */
    void commit(Map<String, Long> rows);

    /** Forgets what was not committed. */
    @Override
    void close();
}
