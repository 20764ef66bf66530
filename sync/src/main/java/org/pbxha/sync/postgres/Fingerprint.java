// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What rows hold, in two numbers: how many they are, and the sum of a 64 bit hash of each one's COPY text. The order of the
 * rows does not matter, and every PostgreSQL version writes the same text in a session that {@link Sql#prepare} made.
 */
final class Fingerprint {
    private static final XXHash64 HASH = XXHashFactory.safeInstance().hash64();
    private static final long SEED = 0;

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
        sum += HASH.hash(row, 0, row.length, SEED);
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
