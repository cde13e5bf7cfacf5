package io.millrace.nightly.database;

import io.millrace.contracts.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often work on a database is tried, and how long is waited in between: {@code firstDelay} and twice as long each time.
 *
 * @param attempts     1 or more
 * @param firstDelay   wait before the second attempt, 0 or more
 * @param longestDelay no wait is longer
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay) {

    /** Five attempts within about eight seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(5));

    /** For whoever looks and goes on. */
    public static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

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
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T make() throws SQLException;
    }

    /**
     * The result of {@code work}, each attempt with a connection of its own that is closed behind it.
     *
     * @param doing what is done, as the middle of a sentence
     * @throws Failure of kind OUTSIDE if every attempt met something that may pass, and of kind CONFIGURATION at once
     *     where trying again cannot help
     */
    public <T> T run(String doing, Connections connections, Work<T> work) {
        return tried(doing, () -> {
            try (Connection connection = connections.open()) {
                return work.in(connection);
            }
        });
    }

    /** The same, with a result that goes on using its connection and closes it: rows that are still to be read. */
    public <T> T open(String doing, Connections connections, Work<T> work) {
        return tried(doing, () -> {
            Connection connection = connections.open();
            try {
                return work.in(connection);
            } catch (SQLException | RuntimeException e) {
                try {
                    connection.close();
                } catch (SQLException closing) {
                    e.addSuppressed(closing);
                }
                throw e;
            }
        });
    }

    private <T> T tried(String doing, Attempt<T> once) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once.make();
            } catch (SQLException e) {
                Failure failure = failure(doing, e, attempt);
                if (failure.kind() != Failure.Kind.OUTSIDE || attempt == attempts) {
                    throw failure;
                }
                Duration delay = delayAfter(attempt);
                String said = said(doing, e);
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

    /**
     * What an error of a database means to whoever runs the night, in one line and without secrets: of kind OUTSIDE if it may
     * pass, of kind CONFIGURATION if trying again cannot help.
     *
     * @param doing what was done, as the middle of a sentence
     */
    public static Failure failure(String doing, SQLException error, int attempts) {
        SQLException shown = SqlErrors.withoutSecrets(error);
        if (!SqlErrors.isRecoverable(error)) {
            return Failure.configuration("The database refused " + said(doing, error), shown);
        }
        String often = attempts == 1 ? "" : ", in %d attempts,".formatted(attempts);
        return Failure.outside("The database did not manage%s %s".formatted(often, said(doing, error)), shown);
    }

    private static String said(String doing, SQLException error) {
        return "%s: %s".formatted(doing, SqlErrors.text(error));
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
