// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a database keeps the registration times. */
interface ExpiryTable {
    /** Short name, part of the undo record. */
    String name();

    /** The places that each have the three times; none when this database has no such tables. */
    List<String> places(Connection connection) throws SQLException;

    /** Part of {@link SipExpiry#psqlScript}. */
    String psqlScript();

    /** The value at a place, null when there is none. */
    @Nullable
    String read(Connection connection, String place, Expiry expiry) throws SQLException;

    /** Sets the value, which may be missing so far. */
    void write(Connection connection, String place, Expiry expiry, String value) throws SQLException;

    /** Takes the value away. */
    void remove(Connection connection, String place, Expiry expiry) throws SQLException;
}
