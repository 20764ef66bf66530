// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What rows hold, in two numbers: how many they are, and the sum of a 64 bit hash of each one's COPY text. The order of the
 * rows does not matter, and every PostgreSQL version writes the same text in a session that {@link Sql#prepare} made. The
 * hash is two checksums side by side: processors have instructions for them, and accidents, not attacks, are to be found.
 */
final class Fingerprint {
    private final CRC32 left = new CRC32();
    private final CRC32C right = new CRC32C();
    private long rows;
    private long sum;

    /**
     * The numbers.
     *
     * @param rows how many rows
     * @param sum of their hashes, modulo 2 to the power of 64
     */
    record Value(long rows, long sum) {}

    /** Takes one row, with its line end. */
    void add(byte[] row) {
        rows++;
        left.reset();
        left.update(row, 0, row.length);
        right.reset();
        right.update(row, 0, row.length);
        sum += left.getValue() << Integer.SIZE | right.getValue();
    }

    Value value() {
        return new Value(rows, sum);
    }

    /** That of the rows a COPY ... TO STDOUT gives. */
    static Value read(Connection connection, String copyOut) throws SQLException {
        Fingerprint fingerprint = new Fingerprint();
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copyOut);
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            fingerprint.add(row);
        }
        return fingerprint.value();
    }
}
