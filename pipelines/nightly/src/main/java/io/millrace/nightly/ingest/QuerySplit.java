package io.millrace.nightly.ingest;

import io.millrace.nightly.database.Database;
import io.millrace.nightly.database.RetryPolicy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * A range of a query's answer, read in a transaction that cannot write. Values are bound, never written into the text.
 *
 * @param what  what is asked, for an error
 * @param first ordinal of the first row, so that the ordinals of several ranges do not meet
 */
record QuerySplit(
        Database database,
        String what,
        String sql,
        List<Object> values,
        int fetchSize,
        long first,
        int[] targets,
        Stamp stamp)
        implements Split {

    /** More rows than a range has: a row is known again by its extract and its ordinal, so two ranges must not share one. */
    private static final long ROWS_A_RANGE = 1_000_000_000_000L;

    /** Ordinal of the first row of a range. @param range from 0 */
    static long first(int range) {
        return 1 + range * ROWS_A_RANGE;
    }

    @Override
    public Iterator<DeliveredRow> read() {
        ResultSet result = Queries.open(database, what, sql, values, fetchSize);
        try {
            Connection connection = result.getStatement().getConnection();
            TaskContext task = TaskContext.get();
            if (task != null) {
                task.addTaskCompletionListener((TaskCompletionListener) done -> close(connection));
            }
            return new Rows(result, what, targets.length, first);
        } catch (SQLException e) {
            throw RetryPolicy.failure(what, e, 1);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw RetryPolicy.failure("the end of a connection that only read", e, 1);
        }
    }

    /** A result set as text. */
    private static final class Rows implements Iterator<DeliveredRow> {

        private final ResultSet result;
        private final String what;
        private final int width;
        private final BitSet numbers;
        private long ordinal;
        private boolean there;

        Rows(ResultSet result, String what, int width, long first) throws SQLException {
            this.result = result;
            this.what = what;
            this.width = width;
            this.numbers = numbers(result.getMetaData(), width);
            this.ordinal = first;
            this.there = result.next();
        }

        private static BitSet numbers(ResultSetMetaData columns, int width) throws SQLException {
            BitSet numbers = new BitSet(width);
            for (int i = 0; i < width; i++) {
                switch (columns.getColumnType(i + 1)) {
                    case Types.NUMERIC,
                            Types.DECIMAL,
                            Types.DOUBLE,
                            Types.FLOAT,
                            Types.REAL,
                            Types.BIGINT,
                            Types.INTEGER,
                            Types.SMALLINT,
                            Types.TINYINT -> numbers.set(i);
                    default -> {
                        // Anything else is text in whatever notation it is.
                    }
                }
            }
            return numbers;
        }

        @Override
        public boolean hasNext() {
            return there;
        }

        @Override
        public DeliveredRow next() {
            if (!there) {
                throw new NoSuchElementException();
            }
            try {
                String[] values = new String[width];
                for (int i = 0; i < width; i++) {
                    values[i] = result.getString(i + 1);
                }
                there = result.next();
                return new DeliveredRow(ordinal++, values, null, numbers);
            } catch (SQLException e) {
                throw RetryPolicy.failure("all of " + what, e, 1);
            }
        }
    }
}
