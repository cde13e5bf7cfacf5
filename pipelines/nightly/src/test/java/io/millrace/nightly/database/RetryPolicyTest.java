package io.millrace.nightly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.nightly.Failures;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final RetryPolicy THREE = new RetryPolicy(3, Duration.ZERO, Duration.ZERO);

    private final AtomicInteger calls = new AtomicInteger();

    private static Connection memory() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:");
    }

    private int failing(int times, String state) throws SQLException {
        if (calls.incrementAndGet() <= times) {
            throw new SQLException("call " + calls, state);
        }
        return calls.get();
    }

    @Test
    void triesAgainWhatMayPass() {
        assertThat(THREE.<Integer>run("work", RetryPolicyTest::memory, c -> failing(2, "40001")))
                .isEqualTo(3);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        assertThatThrownBy(() -> THREE.run("the batch", RetryPolicyTest::memory, c -> failing(3, "40P01")))
                .satisfies(Failures.of(Failure.Kind.OUTSIDE))
                .hasMessage("The database did not manage, in 3 attempts, the batch: call 3 [40P01]")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(calls).hasValue(3);
    }

    @Test
    void doesNotTryAgainWhatWillNotPass() {
        assertThatThrownBy(() -> THREE.run("the batch", RetryPolicyTest::memory, c -> failing(9, "42501")))
                .satisfies(Failures.of(Failure.Kind.CONFIGURATION))
                .hasMessage("The database refused the batch: call 1 [42501]");
        assertThat(calls).hasValue(1);
    }

    @Test
    void everyAttemptHasAConnectionThatIsClosedAfterwards() {
        List<Connection> opened = new ArrayList<>();
        THREE.run(
                "work",
                () -> {
                    opened.add(memory());
                    return opened.get(opened.size() - 1);
                },
                c -> failing(2, "08006"));
        assertThat(opened).hasSize(3).doesNotHaveDuplicates().allMatch(RetryPolicyTest::isClosed);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDatabaseThatIsAwayIsAskedAgainAndAWrongPasswordIsNot() {
        Connections down = () -> {
            calls.incrementAndGet();
            throw new SQLException("connection refused", "08001");
        };
        assertThatThrownBy(() -> THREE.run("work", down, c -> 1)).satisfies(Failures.of(Failure.Kind.OUTSIDE));
        assertThat(calls).hasValue(3);
        Connections wrong = () -> {
            calls.incrementAndGet();
            throw new SQLException("password authentication failed", "28P01");
        };
        assertThatThrownBy(() -> THREE.run("work", wrong, c -> 1)).satisfies(Failures.of(Failure.Kind.CONFIGURATION));
        assertThat(calls).hasValue(4);
    }

    @Test
    void whatIsOpenedStaysOpenAndWhatFailsDoesNot() throws SQLException {
        List<Connection> opened = new ArrayList<>();
        Connection kept = THREE.open(
                "work",
                () -> {
                    opened.add(memory());
                    return opened.get(opened.size() - 1);
                },
                c -> {
                    failing(2, "08006");
                    return c;
                });
        assertThat(kept.isClosed()).isFalse();
        assertThat(opened).hasSize(3).filteredOn(RetryPolicyTest::isClosed).hasSize(2);
        kept.close();
    }

    @Test
    void anInterruptEndsTheWait() {
        RetryPolicy slow = new RetryPolicy(3, Duration.ofMinutes(5), Duration.ofMinutes(5));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> slow.run("work", RetryPolicyTest::memory, c -> failing(9, "08006")))
                .satisfies(Failures.of(Failure.Kind.OUTSIDE))
                .hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void delaysDoubleUpToTheLongest() {
        RetryPolicy policy = new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(500));
        assertThat(policy.delayAfter(1)).hasMillis(100);
        assertThat(policy.delayAfter(2)).hasMillis(200);
        assertThat(policy.delayAfter(3)).hasMillis(400);
        assertThat(policy.delayAfter(4)).hasMillis(500);
        assertThat(policy.delayAfter(1_000_000)).hasMillis(500);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("is 0");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("PT2S and PT1S");
    }
}
