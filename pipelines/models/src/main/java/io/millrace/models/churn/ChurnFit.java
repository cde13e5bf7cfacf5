package io.millrace.models.churn;

import io.millrace.models.metrics.ProbabilityScore;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Models of some kinds, fitted on the same rows and calibrated by scores out of fold.
 *
 * @param models    one of each kind
 * @param outOfFold scores out of fold, of each kind
 * @param members   what each kind is made of, in words, and the weight of each: above 0, of sum 1
 */
public record ChurnFit(
        Map<ModelKind, ChurnModel> models,
        Map<ModelKind, OutOfFold> outOfFold,
        Map<ModelKind, Map<String, Double>> members) {

    /** Fits what the kinds need, each learner once; what has no weight in a blend is not fitted. */
    static ChurnFit of(TrainingSet set, CrossValidation.Result validated, Set<ModelKind> kinds, Fitting fitting) {
        ChurnFit fit = new ChurnFit(
                new EnumMap<>(ModelKind.class), new EnumMap<>(ModelKind.class), new EnumMap<>(ModelKind.class));
        Map<Learner, Margin> fitted = new LinkedHashMap<>();
        for (ModelKind kind : kinds) {
            List<Learner> learners = learners(kind, set, validated);
            List<double[]> margins =
                    learners.stream().map(validated.margins()::get).toList();
            Blend blend = Blend.fit(margins, set.labels());
            int[] counted = IntStream.range(0, learners.size())
                    .filter(m -> blend.weights().get(m) > 0)
                    .toArray();
            Map<String, Double> members = new LinkedHashMap<>();
            for (int m : counted) {
                fitted.computeIfAbsent(learners.get(m), learner -> learner.fit(set, fitting));
                members.put(learners.get(m).toString(), blend.weights().get(m));
            }
            fit.models()
                    .put(
                            kind,
                            new ChurnModel(
                                    set.features(),
                                    IntStream.of(counted)
                                            .mapToObj(m -> fitted.get(learners.get(m)))
                                            .toList(),
                                    blend.only(counted),
                                    set.positives() / (double) set.size()));
            fit.outOfFold().put(kind, new OutOfFold(margins, set.labels(), validated.folds()));
            fit.members().put(kind, members);
        }
        return fit;
    }

    private static List<Learner> learners(ModelKind kind, TrainingSet set, CrossValidation.Result validated) {
        return switch (kind) {
            case LOGISTIC_REGRESSION -> List.of(Logistic.LINEAR);
            case XGBOOST ->
                validated.margins().keySet().stream()
                        .filter(Boosting.class::isInstance)
                        .min(Comparator.comparingDouble(learner -> ProbabilityScore.logLoss(
                                OutOfFold.probabilities(validated.margins().get(learner)), set.labels())))
                        .stream()
                        .toList();
            case BLEND -> List.copyOf(validated.margins().keySet());
        };
    }
}
