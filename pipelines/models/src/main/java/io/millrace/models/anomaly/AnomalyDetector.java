package io.millrace.models.anomaly;

import io.millrace.models.metrics.Quantiles;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Several members, each of which sees another kind of strangeness, combined by tail probabilities: what share of usual rows a member finds as
 * strange, as its negative logarithm, added up over members (Fisher 1932, "Statistical methods for research workers", 4th ed., section 21.1).
 * Beyond the strangest row that is known a tail goes on with the distance, so that new rows still have an order. No label is ever seen. Safe for use
 * by several threads.
 */
public final class AnomalyDetector implements Serializable {

    private static final int FOLDS = 5;
    /** Rows that tell how strange usual rows look. */
    private static final int CALIBRATED = 5_000;

    /** Rows that explanations look for their like in. */
    private static final int REFERENCES = 2_048;

    private static final int LIKE = 15;
    /** A column that is further off than so many widths is off, however far: else it alone would decide what a row is like. */
    private static final double OFF = 3;

    private final double[] medians;
    private final List<Member.Fitted> members;
    private final List<Tail> tails;
    private final Scale scale;
    private final double[][] references;
    private final double[][] scaledReferences;

    private AnomalyDetector(
            double[] medians, List<Member.Fitted> members, List<Tail> tails, Scale scale, double[][] references) {
        this.medians = medians;
        this.members = members;
        this.tails = tails;
        this.scale = scale;
        this.references = references;
        this.scaledReferences = scale.of(references);
    }

    /**
     * Learns from rows among which strange ones are looked for.
     *
     * @param rows at least two of one width, columns in any unit; a value that is not finite counts as its column's median
     * @throws IllegalArgumentException where there are fewer, or no column
     */
    public static AnomalyDetector among(double[][] rows, long seed) {
        return among(rows, new Autoencoder(), seed);
    }

    /**
     * Learns from more rows than one process should hold: the network from all of them, the other members, and how strange usual rows look, from a
     * draw.
     *
     * @param draw of the rows, as in {@link #among(double[][], long)}
     * @param all  all of the rows
     */
    public static AnomalyDetector among(double[][] draw, Autoencoder.Elsewhere all, long seed) {
        double[] medians = medians(draw);
        return among(draw, Autoencoder.at(scaling -> all.scaled(row -> scaling.of(filled(row, medians)))), seed);
    }

    private static AnomalyDetector among(double[][] rows, Autoencoder network, long seed) {
        double[][] filled = filled(rows);
        List<Member> members = List.of(
                new IsolationForest(),
                new Trimmed(new SampledNeighbours(16)),
                new SampledNeighbours(4),
                new LinearReconstruction(),
                network);
        return fit(members, rows, filled, seed);
    }

    /**
     * Learns from rows that are known, for others that are new. How far a new row is from the nearest known one says something, which it does not
     * among rows that were learned from; so how strange usual rows look is told by members that learned from the others (five folds).
     *
     * @param known at least ten rows, else as in {@link #among}
     */
    public static AnomalyDetector ofNew(double[][] known, long seed) {
        double[][] filled = filled(known);
        if (filled.length < 2 * FOLDS) {
            return among(known, seed);
        }
        SplittableRandom seeds = new SplittableRandom(seed);
        double[][] drawn = Draws.without(filled, filled.length, seeds);
        List<Member> members =
                List.of(new Trimmed(new SampledNeighbours(16)), new LinearReconstruction(), new NearestRow());
        List<Member.Fitted> fitted = new ArrayList<>();
        List<Tail> tails = new ArrayList<>();
        for (Member member : members) {
            fitted.add(member.fit(filled, seeds.nextLong()));
            tails.add(Tail.of(strangenessOfOthers(member, drawn, seeds.nextLong())));
        }
        return new AnomalyDetector(
                medians(known), fitted, tails, Scale.robust(filled), Draws.without(filled, REFERENCES, seeds));
    }

    /** How strange each row looks to a member that learned from the rows of the other folds; of some rows where there are many. */
    private static double[] strangenessOfOthers(Member member, double[][] rows, long seed) {
        double[][] strangeness = new double[FOLDS][];
        for (int fold = 0; fold < FOLDS; fold++) {
            int from = fold * rows.length / FOLDS;
            int to = (fold + 1) * rows.length / FOLDS;
            double[][] others = new double[rows.length - (to - from)][];
            System.arraycopy(rows, 0, others, 0, from);
            System.arraycopy(rows, to, others, from, rows.length - to);
            double[][] kept = Arrays.copyOfRange(rows, from, Math.min(to, from + CALIBRATED / FOLDS));
            strangeness[fold] = strangeness(member.fit(others, seed + fold), kept);
        }
        return Arrays.stream(strangeness).flatMapToDouble(Arrays::stream).toArray();
    }

    /** The isolation forest by itself, as a yardstick. */
    public static AnomalyDetector isolationForest(double[][] rows, long seed) {
        double[][] filled = filled(rows);
        return fit(List.of(new IsolationForest()), rows, filled, seed);
    }

    /** The distance to the mean, each column in standard deviations, as a yardstick. */
    public static AnomalyDetector distanceToMean(double[][] rows) {
        return fit(List.of(new DistanceToMean()), rows, filled(rows), 0);
    }

    private static AnomalyDetector fit(List<Member> members, double[][] rows, double[][] learned, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Member.Fitted> fitted = new ArrayList<>();
        List<Tail> tails = new ArrayList<>();
        for (Member member : members) {
            Member.Fitted one = member.fit(learned, seeds.nextLong());
            fitted.add(one);
            tails.add(Tail.of(strangeness(one, learned)));
        }
        double[][] references = Draws.without(learned, REFERENCES, seeds);
        return new AnomalyDetector(medians(rows), fitted, tails, Scale.robust(learned), references);
    }

    /** How strange a row is: 0 or more, greater is stranger. A row of the width that was learned. */
    public double score(double[] row) {
        return scoreFilled(filled(row, medians));
    }

    /** The scores of several rows. */
    public double[] scores(double[][] rows) {
        return IntStream.range(0, rows.length)
                .parallel()
                .mapToDouble(i -> score(rows[i]))
                .toArray();
    }

    private double scoreFilled(double[] row) {
        double sum = 0;
        for (int m = 0; m < tails.size(); m++) {
            sum += tails.get(m).of(members.get(m).strangeness(row));
        }
        return sum;
    }

    /**
     * A field that carries a score.
     *
     * @param column   from 0
     * @param observed value of the row, NaN where it has none
     * @param expected median of the rows that are like it
     * @param share    by how much the score falls where the field is as expected, above 0
     */
    public record Field(int column, double observed, double expected, double share) {}

    /** The fields that carry a row's score, the heaviest first; none if no single field does. */
    public List<Field> explain(double[] row) {
        double[] filled = filled(row, medians);
        double score = scoreFilled(filled);
        double[] expected = like(filled);
        List<Field> fields = new ArrayList<>();
        for (int j = 0; j < filled.length; j++) {
            double[] mended = filled.clone();
            mended[j] = expected[j];
            double share = score - scoreFilled(mended);
            if (share > 0) {
                fields.add(new Field(j, row[j], expected[j], share));
            }
        }
        fields.sort(Comparator.comparingDouble(Field::share).reversed().thenComparingInt(Field::column));
        return fields;
    }

    /** Each field's median over the rows that are most like this one. */
    private double[] like(double[] row) {
        double[] at = scale.of(row);
        double[] distances = Arrays.stream(scaledReferences)
                .mapToDouble(other -> clipped(at, other))
                .toArray();
        int[] nearest = IntStream.range(0, references.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> distances[i]).thenComparingInt(i -> i))
                .limit(LIKE)
                .mapToInt(Integer::intValue)
                .toArray();
        double[] expected = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            double[] values = new double[nearest.length];
            for (int i = 0; i < nearest.length; i++) {
                values[i] = references[nearest[i]][j];
            }
            Arrays.sort(values);
            expected[j] = values[values.length / 2];
        }
        return expected;
    }

    private static double clipped(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            double d = Math.min(OFF, Math.abs(a[j] - b[j]));
            sum += d * d;
        }
        return sum;
    }

    static double[] strangeness(Member.Fitted fitted, double[][] rows) {
        return IntStream.range(0, rows.length)
                .parallel()
                .mapToDouble(i -> fitted.strangeness(rows[i]))
                .toArray();
    }

    private static double[][] filled(double[][] rows) {
        if (rows.length < 2 || rows[0].length == 0) {
            throw new IllegalArgumentException("at least two rows and one column are needed, and there are %d of %d"
                    .formatted(rows.length, rows.length == 0 ? 0 : rows[0].length));
        }
        double[] medians = medians(rows);
        return Arrays.stream(rows).map(row -> filled(row, medians)).toArray(double[][]::new);
    }

    private static double[] filled(double[] row, double[] medians) {
        double[] filled = row.clone();
        for (int j = 0; j < filled.length; j++) {
            filled[j] = Double.isFinite(filled[j]) ? filled[j] : medians[j];
        }
        return filled;
    }

    private static double[] medians(double[][] rows) {
        double[] medians = new double[rows[0].length];
        for (int j = 0; j < medians.length; j++) {
            int column = j;
            double median = Quantiles.median(
                    Arrays.stream(rows).mapToDouble(row -> row[column]).toArray());
            medians[j] = Double.isNaN(median) ? 0 : median;
        }
        return medians;
    }
}
