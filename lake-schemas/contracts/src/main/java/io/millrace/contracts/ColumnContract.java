package io.millrace.contracts;

/**
 * A column of a table.
 *
 * @param name     its name, in snake_case
 * @param type     Spark SQL type: string, int, bigint, double, boolean, date, timestamp or decimal(p,s)
 * @param required whether a row without a value is refused
 * @param unit     what a number counts, or null
 * @param pii      which kind of personal data it holds, or null for none
 * @param about    one sentence; it is the column's comment in the metastore
 */
public record ColumnContract(String name, String type, boolean required, String unit, String pii, String about) {

    /** The comment as every client sees it: the sentence, the unit, the PII tag. */
    public String comment() {
        StringBuilder comment = new StringBuilder(about);
        if (unit != null) {
            comment.append(" [").append(unit).append(']');
        }
        if (pii != null) {
            comment.append(" (personal data: ").append(pii).append(')');
        }
        return comment.toString();
    }
}
