package io.millrace.models.churn;

import io.millrace.models.metrics.PlattCalibration;
import java.util.Arrays;
import java.util.List;

/**
 * What scores: from features to a calibrated probability of leaving, with what each feature adds to it.
 *
 * <p>The log-odds are the mean of those of its members, put through a logistic curve (Platt, 1999). Because that curve is
 * linear on the scale of log-odds, contributions stay a sum after calibration.
 */
public final class ChurnModel {

    private final List<String> features;
    private final List<Margin> members;
    private final PlattCalibration calibration;
    private final double baseRate;

    /** @param baseRate share of leavers among the rows that it was fitted on */
    ChurnModel(List<String> features, List<Margin> members, PlattCalibration calibration, double baseRate) {
        if (members.isEmpty() || !(baseRate > 0 && baseRate < 1)) {
            throw new IllegalArgumentException(
                    "A churn model has %d members and the base rate %s; it needs at least one member and a rate between 0 and 1"
                            .formatted(members.size(), baseRate));
        }
        this.features = List.copyOf(features);
        this.members = List.copyOf(members);
        this.calibration = calibration;
        this.baseRate = baseRate;
    }

    /** Names of the features, in the order in which rows hold them. */
    public List<String> features() {
        return features;
    }

    /** Share of leavers among the rows that it was fitted on. */
    public double baseRate() {
        return baseRate;
    }

    /** Probability of leaving, one a row; a row holds NaN where a feature is missing. */
    public double[] probabilities(double[][] rows) {
        return calibration.apply(margins(rows));
    }

    /** Probabilities before calibration, one a row. */
    public double[] uncalibrated(double[][] rows) {
        return Arrays.stream(margins(rows)).map(m -> 1 / (1 + Math.exp(-m))).toArray();
    }

    private double[] margins(double[][] rows) {
        double[] sums = new double[rows.length];
        for (Margin member : members) {
            double[] margins = member.margins(rows);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += margins[i] / members.size();
            }
        }
        return sums;
    }

    /**
     * What each feature adds to the calibrated log-odds of each row, and at the end what they start from. A row's values
     * add up to the log-odds of its probability.
     */
    public double[][] contributions(double[][] rows) {
        double[][] sums = new double[rows.length][features.size() + 1];
        for (Margin member : members) {
            double[][] effects = member.contributions(rows);
            for (int i = 0; i < sums.length; i++) {
                for (int j = 0; j < sums[i].length; j++) {
                    sums[i][j] -= calibration.slope() * effects[i][j] / members.size();
                }
            }
        }
        Arrays.stream(sums).forEach(row -> row[features.size()] -= calibration.intercept());
        return sums;
    }

    /** The model as bytes; the same model gives the same bytes. */
    public byte[] toBytes() {
        return ChurnModelFormat.write(this);
    }

    /** A model from its bytes. @throws IllegalArgumentException where they are not those of a model of a known version */
    public static ChurnModel ofBytes(byte[] bytes) {
        return ChurnModelFormat.read(bytes);
    }

    List<Margin> members() {
        return members;
    }

    PlattCalibration calibration() {
        return calibration;
    }
}
