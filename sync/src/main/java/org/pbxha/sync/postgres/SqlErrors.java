// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns errors of PostgreSQL into ours. Never quotes a row: rows hold SIP secrets, PINs and passwords. */
public final class SqlErrors {
    private static final Set<String> LOCK_STATES = Set.of("55P03", "40P01");

    private SqlErrors() {}

    /**
     * Explains an error.
     *
     * @param doing what was being done, for example "copying into table x"
     */
    static ReplicationException explain(SQLException error, String doing) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        String message = doing + " failed: " + words(error);
        Reason reason = reason(state);
        // A cause is printed with its stack trace, and the message of these errors can hold a piece of a row.
        return new ReplicationException(reason, message, reason == Reason.CONSTRAINT ? null : error);
    }

    private static Reason reason(String state) {
        if (LOCK_STATES.contains(state)) {
            return Reason.LOCKED;
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "57" -> Reason.UNREACHABLE;
            case "28", "3D" -> Reason.LOGIN;
            case "22", "23" -> Reason.CONSTRAINT;
            default -> Reason.DATABASE;
        };
    }

    /** What an error says, without any piece of a row. */
    public static String words(SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException p ? p.getServerErrorMessage() : null;
        if (server == null) {
            return String.valueOf(error.getMessage());
        }
        String state = String.valueOf(error.getSQLState());
        // Errors of class 22 quote the value that does not fit in their first line.
        String what = state.startsWith("22") ? "a value does not fit" : String.valueOf(server.getMessage());
        return what + " (SQLSTATE " + state + ")";
    }
}
