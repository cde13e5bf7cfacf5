package io.millrace.contracts;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the rows of a gold table reach the ERP: what of them, in a table of the same name of its staging schema.
 *
 * @param batch   what a night's batch says of the ones before
 * @param rows    Spark SQL condition on the rows that the ERP gets
 * @param columns in the order in which they are published
 */
public record Staging(Batch batch, String rows, List<Column> columns) {

    /** What a night's rows say of those of earlier nights. */
    public enum Batch {
        /** Everything that is to be done now: what the ERP has not decided of earlier nights goes. */
        PLAN,
        /** What is new: earlier rows stay until the ERP has decided them. */
        LOG
    }

    /** Types that every database of an ERP has. */
    public enum Type {
        TEXT,
        DECIMAL,
        INTEGER,
        DATE,
        TIMESTAMP
    }

    /**
     * A published column.
     *
     * @param name     of the column, in gold and in the staging schema
     * @param size     characters of a text, digits of a decimal, otherwise 0
     * @param scale    digits behind the point of a decimal, otherwise 0
     * @param required whether it is never empty, as its contract says
     */
    public record Column(String name, Type type, int size, int scale, boolean required) {

        private static final Pattern WRITTEN =
                Pattern.compile("(?:text\\((\\d{1,4})\\)|decimal\\((\\d{1,2}),(\\d{1,2})\\)|(integer|date|timestamp))");

        /** The column with a type as a contract writes it, or empty for none of these: text(n), decimal(p,s), integer, date, timestamp. */
        static Optional<Column> of(String name, String type, boolean required) {
            Matcher written = WRITTEN.matcher(type);
            if (!written.matches()) {
                return Optional.empty();
            }
            if (written.group(1) != null) {
                return Optional.of(new Column(name, Type.TEXT, Integer.parseInt(written.group(1)), 0, required));
            }
            return Optional.of(
                    written.group(2) != null
                            ? new Column(
                                    name,
                                    Type.DECIMAL,
                                    Integer.parseInt(written.group(2)),
                                    Integer.parseInt(written.group(3)),
                                    required)
                            : new Column(
                                    name,
                                    Type.valueOf(written.group(4).toUpperCase(java.util.Locale.ROOT)),
                                    0,
                                    0,
                                    required));
        }
    }
}
