package io.millrace.models.churn;

import io.millrace.models.metrics.PlattCalibration;
import io.millrace.models.metrics.ProbabilityScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Models of every kind, fitted on the same rows and calibrated by scores out of fold.
 *
 * @param models   one of each kind
 * @param outOfFold scores out of fold, of each kind
 * @param boosting how the trees were boosted, as the cross-validation chose it
 */
public record ChurnFit(Map<ModelKind, ChurnModel> models, Map<ModelKind, OutOfFold> outOfFold, Boosting boosting) {

    static ChurnFit of(TrainingSet set, CrossValidation.Result validated, Fitting fitting) {
        LogisticRegression logistic = LogisticRegression.fit(set, fitting);
        BoostedTrees boosted = BoostedTrees.fit(set, validated.boosting(), fitting);
        Map<ModelKind, ChurnModel> models = new EnumMap<>(ModelKind.class);
        Map<ModelKind, OutOfFold> outOfFold = new EnumMap<>(ModelKind.class);
        for (ModelKind kind : ModelKind.values()) {
            List<Margin> members = new ArrayList<>();
            double[] margins = new double[set.size()];
            switch (kind) {
                case LOGISTIC_REGRESSION -> {
                    members.add(logistic);
                    margins = validated.logistic();
                }
                case XGBOOST -> {
                    members.add(boosted);
                    margins = validated.boosted();
                }
                case AVERAGE -> {
                    members.addAll(List.of(logistic, boosted));
                    Arrays.setAll(
                            margins, i -> (validated.logistic()[i] + validated.boosted()[i]) / 2);
                }
            }
            double baseRate = set.positives() / (double) set.size();
            models.put(
                    kind,
                    new ChurnModel(set.features(), members, PlattCalibration.fit(margins, set.labels()), baseRate));
            outOfFold.put(kind, new OutOfFold(margins, set.labels(), validated.folds()));
        }
        return new ChurnFit(models, outOfFold, validated.boosting());
    }

    /** The kind with the least calibrated log loss out of fold. */
    public ModelKind best() {
        return Arrays.stream(ModelKind.values())
                .min(Comparator.comparingDouble(kind -> {
                    OutOfFold scores = outOfFold.get(kind);
                    return ProbabilityScore.logLoss(scores.calibrated(), scores.labels());
                }))
                .orElseThrow();
    }
}
