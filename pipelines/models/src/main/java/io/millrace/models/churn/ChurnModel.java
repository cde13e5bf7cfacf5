package io.millrace.models.churn;

import java.util.Arrays;
import java.util.List;

/**
 * What scores: from features to a calibrated probability of leaving, with what each feature adds to it.
 *
 * <p>The log-odds are a weighted sum of those of its members, put through a logistic curve (Platt, 1999). Because both are
 * linear on the scale of log-odds, contributions stay a sum after calibration.
 */
public final class ChurnModel {

    private final List<String> features;
    private final List<Margin> members;
    private final Blend blend;
    private final double baseRate;

    /** @param baseRate share of leavers among the rows that it was fitted on */
    ChurnModel(List<String> features, List<Margin> members, Blend blend, double baseRate) {
        if (members.size() != blend.weights().size() || !(baseRate > 0 && baseRate < 1)) {
            throw new IllegalArgumentException(
                    "A churn model has %d members, %d weights and the base rate %s; it needs as many weights and a rate between 0 and 1"
                            .formatted(members.size(), blend.weights().size(), baseRate));
        }
        this.features = List.copyOf(features);
        this.members = List.copyOf(members);
        this.blend = blend;
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
        return blend.calibration().apply(margins(rows));
    }

    /** Probabilities before calibration, one a row. */
    public double[] uncalibrated(double[][] rows) {
        return OutOfFold.probabilities(margins(rows));
    }

    private double[] margins(double[][] rows) {
        return blend.margins(
                members.stream().map(member -> member.margins(rows)).toList());
    }

    /**
     * What each feature adds to the calibrated log-odds of each row, and at the end what they start from. A row's values
     * add up to the log-odds of its probability.
     */
    public double[][] contributions(double[][] rows) {
        double[][] sums = new double[rows.length][features.size() + 1];
        for (int m = 0; m < members.size(); m++) {
            double[][] effects = members.get(m).contributions(rows);
            double factor = -blend.calibration().slope() * blend.weights().get(m);
            for (int i = 0; i < sums.length; i++) {
                for (int j = 0; j < sums[i].length; j++) {
                    sums[i][j] += factor * effects[i][j];
                }
            }
        }
        Arrays.stream(sums)
                .forEach(row -> row[features.size()] -= blend.calibration().intercept());
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

    Blend blend() {
        return blend;
    }
}
