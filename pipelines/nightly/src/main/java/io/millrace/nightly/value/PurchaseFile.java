package io.millrace.nightly.value;

import io.millrace.contracts.Failure;
import io.millrace.models.value.Purchases;
import io.millrace.nightly.evaluate.CsvTable;
import io.millrace.nightly.evaluate.LeftOutRows;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The purchases of a file, a row each, by customer and day. What is no purchase is left out, counted, and told of with where it first stands.
 */
public final class PurchaseFile {

    /** The columns. @param amount null for {@code amount} where there is such a column, and otherwise no money */
    public record Columns(String customer, String date, String amount) {}

    private static final String AMOUNT = "amount";

    /** A day as ISO 8601 writes it, with or without a time, whose zone does not move it; slashes in place of dashes too. */
    private static final Pattern DAY = Pattern.compile(
            "(?<year>\\d{4})(?<dash>[-/]?)(?<month>\\d{2})\\k<dash>(?<day>\\d{2})(?:[T ]\\d{2}:?\\d{2}[\\d:.,]*(?: ?(?:Z|UTC|[+-]\\d{2}(?::?\\d{2})?))?)?");

    /** Why a row is left out. */
    private enum Why {
        FIELDS("with more or fewer fields than the header"),
        CUSTOMER("without a customer"),
        DATE("whose date is no day as in 2026-02-28"),
        AMOUNT("whose amount is no number"),
        REFUND("of refunds, whose amount is below 0"),
        LATE("after the end of the holdout");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final Path file;
    private final Columns columns;
    private final LocalDate end;
    private final LeftOutRows<Why> leftOut = new LeftOutRows<>();
    private final Map<String, PurchaseDays> customers = new LinkedHashMap<>();
    private List<String> header;
    private int customerAt;
    private int dateAt;
    private int amountAt = -1;
    private long rows;

    private PurchaseFile(Path file, Columns columns, LocalDate end) {
        this.file = file;
        this.columns = columns;
        this.end = end;
    }

    /**
     * Reads a file of comma-separated values with a header.
     *
     * @param end last day that is wanted, or null for all
     * @throws Failure of kind USAGE or DATA if it cannot be read, lacks a column, or has no purchase at all
     */
    static PurchaseFile read(Path file, Columns columns, LocalDate end) {
        PurchaseFile read = new PurchaseFile(file, columns, end);
        CsvTable.scan(file, read::take);
        if (read.customers.isEmpty()) {
            throw Failure.data(file + " has no purchases"
                    + (read.leftOut.isEmpty() ? "" : ": " + String.join("; ", read.remarks())));
        }
        return read;
    }

    private void take(String[] record, long line) {
        if (header == null) {
            header = CsvTable.header(file, record);
            customerAt = CsvTable.place(header, file, "--customer", columns.customer());
            dateAt = CsvTable.place(header, file, "--date", columns.date());
            amountAt = columns.amount() == null
                    ? header.indexOf(AMOUNT)
                    : CsvTable.place(header, file, "--amount", columns.amount());
            return;
        }
        rows++;
        if (record.length != header.size()) {
            leftOut.add(Why.FIELDS, line, String.join(",", record));
            return;
        }
        String customer = record[customerAt].strip();
        LocalDate day = day(record[dateAt].strip());
        double amount = amountAt < 0 ? 0 : number(record[amountAt].strip());
        if (customer.isEmpty()) {
            leftOut.add(Why.CUSTOMER, line, "");
        } else if (day == null) {
            leftOut.add(Why.DATE, line, record[dateAt]);
        } else if (!Double.isFinite(amount)) {
            leftOut.add(Why.AMOUNT, line, record[amountAt]);
        } else if (amount < 0) {
            leftOut.add(Why.REFUND, line, record[amountAt]);
        } else if (end != null && day.isAfter(end)) {
            leftOut.add(Why.LATE, line, record[dateAt]);
        } else {
            customers.computeIfAbsent(customer, first -> new PurchaseDays()).add((int) day.toEpochDay(), amount);
        }
    }

    /** The day, or null if the text is none. */
    private static LocalDate day(String text) {
        Matcher parts = DAY.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            return LocalDate.of(
                    Integer.parseInt(parts.group("year")),
                    Integer.parseInt(parts.group("month")),
                    Integer.parseInt(parts.group("day")));
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /** The number, or NaN where the text is none. */
    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    /** The purchases of each customer, the days counted from 1970-01-01. */
    List<Purchases> customers() {
        return customers.values().stream().map(PurchaseDays::purchases).toList();
    }

    boolean hasAmounts() {
        return amountAt >= 0;
    }

    long rows() {
        return rows;
    }

    long rowsLeftOut() {
        return leftOut.rows();
    }

    /** A sentence about each kind of rows that are left out. */
    List<String> remarks() {
        return leftOut.remarks();
    }

    /** What a customer bought, in any order. */
    private static final class PurchaseDays {
        private int[] days = new int[4];
        private double[] amounts = new double[4];
        private int size;

        void add(int day, double amount) {
            if (size == days.length) {
                days = Arrays.copyOf(days, 2 * size);
                amounts = Arrays.copyOf(amounts, 2 * size);
            }
            days[size] = day;
            amounts[size++] = amount;
        }

        Purchases purchases() {
            return Purchases.ofRows(Arrays.copyOf(days, size), Arrays.copyOf(amounts, size));
        }
    }
}
