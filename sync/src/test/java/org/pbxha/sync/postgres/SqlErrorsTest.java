// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class SqlErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "08001, UNREACHABLE",
        "57P01, UNREACHABLE",
        "28P01, LOGIN",
        "3D000, LOGIN",
        "55P03, LOCKED",
        "40P01, LOCKED",
        "23503, CONSTRAINT",
        "22P02, CONSTRAINT",
        "42501, DATABASE",
        "'', DATABASE"
    })
    void sortsErrorsByTheirState(String state, Reason reason) {
        assertThat(SqlErrors.explain(new SQLException("no", state), "writing").reason())
                .isEqualTo(reason);
    }

    @Test
    void neverRepeatsAValueOfARow() {
        ServerErrorMessage message =
                new ServerErrorMessage("SERROR\0C22P02\0Minvalid input: \"pa55\"\0WCOPY x: pa55\0");

        ReplicationException e = SqlErrors.explain(new PSQLException(message, false), "copying into table x");

        assertThat(e)
                .hasMessage("copying into table x failed: a value does not fit (SQLSTATE 22P02)")
                .hasNoCause();
    }

    @Test
    void quotesTheConstraintButNotTheKey() {
        ServerErrorMessage message =
                new ServerErrorMessage("SERROR\0C23505\0Mduplicate key violates \"x_key\"\0DKey (a)=(pa55) exists\0");

        ReplicationException e = SqlErrors.explain(new PSQLException(message, false), "copying into table x");

        assertThat(e.getMessage()).contains("\"x_key\"").doesNotContain("pa55");
        assertThat(e).hasNoCause();
    }
}
