package io.millrace.launcher.demo;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * What decides a simulated company. The same options give the same company, byte for byte.
 *
 * @param scale size, 0.02 to 100; 1 is about 1,500 customers, 60 products, 2 warehouses and 50,000 sales lines.
 *     Customers, lines and sensors grow linearly, products, sites and suppliers more slowly
 * @param date the business date: last day of the history
 * @param seed seed of every random draw
 */
public record DemoOptions(double scale, LocalDate date, long seed) {

    /** Business date where none is given. Fixed, so that a demo of today equals a demo of next year. */
    public static final LocalDate DEFAULT_DATE = LocalDate.of(2026, 2, 28);

    public static final long DEFAULT_SEED = 42;

    private static final int MONTHS = 30;

    public DemoOptions {
        if (!(scale >= 0.02 && scale <= 100)) {
            throw new IllegalArgumentException(
                    "scale is " + scale + "; give a number from 0.02 to 100, 1 being the usual");
        }
        if (date == null || date.getYear() < 1990 || date.getYear() > 2100) {
            throw new IllegalArgumentException("date is " + date + "; give a day between 1990-01-01 and 2100-12-31");
        }
    }

    /** Scale 1, {@link #DEFAULT_DATE}, {@link #DEFAULT_SEED}. */
    public static DemoOptions defaults() {
        return new DemoOptions(1, DEFAULT_DATE, DEFAULT_SEED);
    }

    public int customers() {
        return (int) StrictMath.round(1500 * scale);
    }

    /** Stocked products; the catalogue has one more, for postage. */
    public int products() {
        return grown(60, 0.3, 24);
    }

    public int sites() {
        return grown(2, 0.35, 2);
    }

    public int suppliers() {
        return grown(8, 0.25, 4);
    }

    public int sensors() {
        return grown(6, 1, 2);
    }

    /** First day of the history, thirty months before the day after {@link #date()}. */
    public LocalDate firstDay() {
        return date.plusDays(1).minusMonths(MONTHS);
    }

    /** Days of history, both ends included. */
    public int days() {
        return (int) ChronoUnit.DAYS.between(firstDay(), date) + 1;
    }

    /** The date of a day counted from 0 at {@link #firstDay()}; negative numbers lie before it. */
    LocalDate day(int index) {
        return firstDay().plusDays(index);
    }

    int lastDay() {
        return days() - 1;
    }

    private int grown(int atOne, double exponent, int least) {
        return Math.max(least, (int) StrictMath.round(atOne * StrictMath.pow(scale, exponent)));
    }
}
