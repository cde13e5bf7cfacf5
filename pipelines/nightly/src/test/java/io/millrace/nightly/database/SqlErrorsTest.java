package io.millrace.nightly.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlErrorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No suitable driver found for jdbc:postgresql://db:5432/erp?user=u&password=hidden&ssl=true",
                "cannot open jdbc:sqlserver://db;databaseName=erp;user=sa;password={hi;hidden};encrypt=true",
                "cannot open jdbc:oracle:thin:scott/hidden@//db:1521/erp",
                "cannot open jdbc:oracle:thin:scott/hidden@db:1521:erp",
                "cannot open jdbc:mariadb://scott:hidden@db/erp",
                "cannot open jdbc:mariadb://scott:pa@hidden@db/erp",
                "login with PASSWORD = hidden, failed",
                "properties {user=sa, password=hidden, ssl=true}",
                "pwd='hidden and more'"
            })
    void secretsAreMasked(String message) {
        assertThat(SqlErrors.masked(message)).doesNotContain("hidden");
        SQLException clean = SqlErrors.withoutSecrets(new SQLException("outer", "08001", new SQLException(message)));
        StringWriter trace = new StringWriter();
        clean.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("outer").doesNotContain("hidden");
    }

    @Test
    void whatIsNoSecretStays() {
        String message = "Connection to jdbc:postgresql://db:5432/erp refused for user \"sa\"";
        assertThat(SqlErrors.masked(message)).isEqualTo(message);
        SQLException plain = new SQLException(message, "08001");
        assertThat(SqlErrors.withoutSecrets(plain) == plain).isTrue();
    }

    @Test
    void allChainedExceptionsAreShownOnce() {
        SQLException first = new BatchUpdateException("entry 0 failed", "22001", new int[0]);
        first.setNextException(new SQLException("value too long", "22001"));
        first.setNextException(new SQLException("current transaction is aborted", "25P02"));
        first.addSuppressed(new SQLException("rollback failed", "08003"));
        assertThat(SqlErrors.text(first))
                .isEqualTo("entry 0 failed [22001]; value too long [22001]; current transaction is aborted [25P02];"
                        + " rollback failed [08003]");
    }

    @Test
    void anEndlessMessageIsCut() {
        assertThat(SqlErrors.text(new SQLException("x".repeat(50_000_000), "22001")))
                .hasSizeLessThan(500);
        assertThat(SqlErrors.text(new SQLException(null, "22001"))).isEqualTo("no message [22001]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "40001", "40P01", "57P01", "57014"})
    void whatMayPassIsRecoverable(String state) {
        assertThat(SqlErrors.isRecoverable(new SQLException("x", state))).isTrue();
        SQLException batch = new BatchUpdateException("x", "HY000", new int[0]);
        batch.setNextException(new SQLException("y", state));
        assertThat(SqlErrors.isRecoverable(batch)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42501", "42P01", "23505", "22001", "28P01", "3F000", "0A000"})
    void whatWillNotPassIsNot(String state) {
        assertThat(SqlErrors.isRecoverable(new SQLException("x", state))).isFalse();
    }

    @Test
    void driversThatSayItByClassAreUnderstood() {
        assertThat(SqlErrors.isRecoverable(new SQLRecoverableException("IO Error: broken pipe")))
                .isTrue();
        assertThat(SqlErrors.isRecoverable(new SQLTransientConnectionException("pool is empty")))
                .isTrue();
        assertThat(SqlErrors.isRecoverable(new SQLException("anything"))).isFalse();
    }
}
