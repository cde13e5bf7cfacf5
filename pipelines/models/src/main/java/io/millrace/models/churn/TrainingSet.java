package io.millrace.models.churn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Rows of features with what became of them: label 1 for a customer who left, 0 for one who stayed.
 *
 * <p>A group is whom a row is about. Rows of one group are never on both sides of a split, because what is learned about
 * a customer on one date would be recognised on another. A time is the day as of which a row holds.
 */
public final class TrainingSet {

    private final List<String> features;
    private final double[][] rows;
    private final int[] labels;
    private final String[] groups;
    private final long[] days;

    /**
     * Takes the arrays over.
     *
     * @param features names, one a column
     * @param rows     one array a row; NaN where a value is missing
     * @param labels   0 or 1, one a row
     * @param groups   whom a row is about, one a row
     * @param days     epoch day as of which the row holds, one a row
     */
    public TrainingSet(List<String> features, double[][] rows, int[] labels, String[] groups, long[] days) {
        if (labels.length != rows.length || groups.length != rows.length || days.length != rows.length) {
            throw new IllegalArgumentException(
                    "A training set has %d rows, %d labels, %d groups and %d days; give one each a row"
                            .formatted(rows.length, labels.length, groups.length, days.length));
        }
        this.features = List.copyOf(features);
        this.rows = rows;
        this.labels = labels;
        this.groups = groups;
        this.days = days;
        for (int i = 0; i < rows.length; i++) {
            requireRow(i);
        }
    }

    /** Rows that know nothing of each other: each is a group of its own, and all hold as of the same day. */
    public static TrainingSet independent(List<String> features, double[][] rows, int[] labels) {
        String[] groups =
                IntStream.range(0, rows.length).mapToObj(Integer::toString).toArray(String[]::new);
        return new TrainingSet(features, rows, labels, groups, new long[rows.length]);
    }

    private void requireRow(int i) {
        if (rows[i].length != features.size()) {
            throw new IllegalArgumentException(
                    "Row %d has %d values for %d features".formatted(i, rows[i].length, features.size()));
        }
        for (int j = 0; j < rows[i].length; j++) {
            if (Double.isInfinite(rows[i][j])) {
                throw new IllegalArgumentException(
                        "Row %d has %s as %s; give a finite number, or NaN where it is missing"
                                .formatted(i, rows[i][j], features.get(j)));
            }
        }
        if (labels[i] != 0 && labels[i] != 1) {
            throw new IllegalArgumentException("Row %d has the label %d; give 0 or 1".formatted(i, labels[i]));
        }
    }

    public int size() {
        return rows.length;
    }

    public List<String> features() {
        return features;
    }

    /** The rows themselves, not a copy. */
    public double[][] rows() {
        return rows;
    }

    /** The labels themselves, not a copy. */
    public int[] labels() {
        return labels;
    }

    /** Whom a row is about. */
    public String group(int i) {
        return groups[i];
    }

    /** One row, not a copy. */
    public double[] row(int i) {
        return rows[i];
    }

    /** The label of a row: 0 or 1. */
    public int label(int i) {
        return labels[i];
    }

    /** A column by name, one value a row. @throws IllegalArgumentException where there is none */
    public double[] column(String feature) {
        int j = features.indexOf(feature);
        if (j < 0) {
            throw new IllegalArgumentException("There is no feature '" + feature + "' among " + features);
        }
        return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
    }

    /** The same rows with one feature. @throws IllegalArgumentException where there is none of that name */
    public TrainingSet only(String feature) {
        double[][] column = Arrays.stream(column(feature))
                .mapToObj(value -> new double[] {value})
                .toArray(double[][]::new);
        return new TrainingSet(List.of(feature), column, labels, groups, days);
    }

    public int positives() {
        return Arrays.stream(labels).sum();
    }

    /** True where some left and some stayed. */
    public boolean hasBothClasses() {
        int positives = positives();
        return positives > 0 && positives < size();
    }

    /**
     * A feature that by itself tells everybody who left from everybody who stayed: no model is needed then, and most
     * likely it is known only afterwards. Where it is missing counts as below, or above, every value.
     */
    public Optional<String> separating() {
        return hasBothClasses()
                ? IntStream.range(0, features.size())
                        .filter(j -> separates(j, Double.NEGATIVE_INFINITY) || separates(j, Double.POSITIVE_INFINITY))
                        .mapToObj(features::get)
                        .findFirst()
                : Optional.empty();
    }

    private boolean separates(int feature, double missing) {
        double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] most = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < rows.length; i++) {
            double value = Double.isNaN(rows[i][feature]) ? missing : rows[i][feature];
            least[labels[i]] = Math.min(least[labels[i]], value);
            most[labels[i]] = Math.max(most[labels[i]], value);
        }
        return most[0] < least[1] || most[1] < least[0];
    }

    /** The days as of which rows hold, oldest first. */
    public long[] distinctDays() {
        return Arrays.stream(days).distinct().sorted().toArray();
    }

    /** The rows of days from {@code first} to {@code last}, both included. */
    public TrainingSet between(long first, long last) {
        return select(IntStream.range(0, size())
                .filter(i -> days[i] >= first && days[i] <= last)
                .toArray());
    }

    /** Whom each row is about, not a copy. */
    public String[] groups() {
        return groups;
    }

    /** The rows of these groups. */
    public TrainingSet where(Predicate<String> group) {
        return select(IntStream.range(0, rows.length)
                .filter(i -> group.test(groups[i]))
                .toArray());
    }

    /** The rows at these places, in this order. */
    public TrainingSet select(int[] places) {
        return new TrainingSet(
                features,
                Arrays.stream(places).mapToObj(i -> rows[i]).toArray(double[][]::new),
                Arrays.stream(places).map(i -> labels[i]).toArray(),
                Arrays.stream(places).mapToObj(i -> groups[i]).toArray(String[]::new),
                Arrays.stream(places).mapToLong(i -> days[i]).toArray());
    }
}
