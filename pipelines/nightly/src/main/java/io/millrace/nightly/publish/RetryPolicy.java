package io.millrace.nightly.publish;

import io.millrace.contracts.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often a transaction is tried, and how long is waited in between: {@code firstDelay} and twice as long each time.
 *
 * @param attempts     1 or more
 * @param firstDelay   wait before the second attempt, 0 or more
 * @param longestDelay no wait is longer
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay) {

    /** Five attempts within about eight seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(5));

    private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1 and is " + attempts);
        }
        if (firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "delays must be 0 or more and the longest not shorter than the first, and are %s and %s"
                            .formatted(firstDelay, longestDelay));
        }
    }

    /** A wait after the given number of failed attempts. */
    Duration delayAfter(int failures) {
        Duration delay = firstDelay;
        for (int i = 1; i < failures && delay.compareTo(longestDelay) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /**
     * The result of {@code work}, each attempt with a connection of its own.
     *
     * @param doing what is done, as the middle of a sentence
     * @throws Failure of kind OUTSIDE where every attempt met something that may pass, and of kind CONFIGURATION at once
     *     where trying again cannot help
     */
    <T> T run(String doing, Connections connections, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = open(connections)) {
                return work.in(connection);
            } catch (SQLException e) {
                String said = "%s: %s".formatted(doing, SqlErrors.text(e));
                if (!SqlErrors.isRecoverable(e)) {
                    throw Failure.configuration("The staging database refused " + said, SqlErrors.withoutSecrets(e));
                }
                if (attempt == attempts) {
                    throw Failure.outside(
                            "The staging database did not manage, in %d attempts, %s".formatted(attempts, said),
                            SqlErrors.withoutSecrets(e));
                }
                Duration delay = delayAfter(attempt);
                LOG.warn(
                        "Attempt {} of {} failed and is made again in {} ms: {}",
                        attempt,
                        attempts,
                        delay.toMillis(),
                        said);
                pause(delay, said);
            }
        }
    }

    private static Connection open(Connections connections) throws SQLException {
        try {
            return connections.open();
        } catch (Failure e) {
            if (e.kind() == Failure.Kind.OUTSIDE && e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void pause(Duration delay, String said) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.outside("Interrupted before trying again " + said, null);
        }
    }
}
