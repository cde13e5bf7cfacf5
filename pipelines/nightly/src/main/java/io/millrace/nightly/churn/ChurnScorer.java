package io.millrace.nightly.churn;

import io.millrace.models.churn.ChurnModel;
import io.millrace.nightly.model.Champion;
import io.millrace.nightly.tables.RowMaker;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Scores customers. Takes rows of customer, {@link #FACTS} and the model's features in their order; gives rows of
 * {@code gold.churn_score}.
 */
record ChurnScorer(RowMaker out, String modelName, int modelVersion, ValueAtRisk atRisk)
        implements Champion.Scorer<ChurnModel> {

    /** What the value at risk is made of: revenue of the last year, days since the first purchase. */
    static final List<String> FACTS = List.of("monetary_365d", "tenure_days");

    @Override
    public List<Row> score(ChurnModel model, List<Row> customers) {
        List<String> features = model.features();
        double[][] rows =
                customers.stream().map(c -> values(c, features.size())).toArray(double[][]::new);
        double[] probabilities = model.probabilities(rows);
        double[][] effects = model.contributions(rows);
        List<Row> scores = new ArrayList<>(rows.length);
        for (int i = 0; i < rows.length; i++) {
            Row customer = customers.get(i);
            scores.add(out.row()
                    .put("customer_code", customer.getString(0))
                    .put("churn_probability", probabilities[i])
                    .put(
                            "risk_band",
                            RiskBand.of(probabilities[i], model.baseRate()).label())
                    .put("value_at_risk", atRisk.of(value(customer, 1), value(customer, 2)))
                    .put("model_name", modelName)
                    .put("model_version", modelVersion)
                    .put("reasons", Reasons.json(features, rows[i], effects[i]))
                    .done());
        }
        return scores;
    }

    private static double[] values(Row customer, int count) {
        double[] values = new double[count];
        for (int j = 0; j < count; j++) {
            values[j] = value(customer, 1 + FACTS.size() + j);
        }
        return values;
    }

    private static double value(Row row, int at) {
        return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
    }
}
