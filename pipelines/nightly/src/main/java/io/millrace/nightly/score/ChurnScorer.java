package io.millrace.nightly.score;

import io.millrace.models.churn.ChurnModel;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Scores customers, a batch at a time. Takes rows of customer, revenue of the last year, tenure and the model's features
 * in their order; gives rows of {@code gold.churn_score}.
 */
final class ChurnScorer implements MapPartitionsFunction<Row, Row> {

    private static final int BATCH = 2048;
    private static final int FIRST_FEATURE = 3;

    private final Broadcast<byte[]> artefact;
    private final LocalDate date;
    private final String modelName;
    private final int modelVersion;
    private final ValueAtRisk atRisk;

    ChurnScorer(Broadcast<byte[]> artefact, LocalDate date, String modelName, int modelVersion, ValueAtRisk atRisk) {
        this.artefact = artefact;
        this.date = date;
        this.modelName = modelName;
        this.modelVersion = modelVersion;
        this.atRisk = atRisk;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> customers) {
        if (!customers.hasNext()) {
            return customers;
        }
        ChurnModel model = ChurnModel.ofBytes(artefact.value());
        return new Iterator<>() {
            private Iterator<Row> scored = List.<Row>of().iterator();

            @Override
            public boolean hasNext() {
                return scored.hasNext() || customers.hasNext();
            }

            @Override
            public Row next() {
                if (!scored.hasNext()) {
                    List<Row> batch = new ArrayList<>(BATCH);
                    while (customers.hasNext() && batch.size() < BATCH) {
                        batch.add(customers.next());
                    }
                    scored = score(model, batch).iterator();
                }
                return scored.next();
            }
        };
    }

    private List<Row> score(ChurnModel model, List<Row> customers) {
        List<String> features = model.features();
        double[][] rows =
                customers.stream().map(c -> values(c, features.size())).toArray(double[][]::new);
        double[] probabilities = model.probabilities(rows);
        double[][] effects = model.contributions(rows);
        List<Row> scores = new ArrayList<>(rows.length);
        for (int i = 0; i < rows.length; i++) {
            Row customer = customers.get(i);
            scores.add(RowFactory.create(
                    Date.valueOf(date),
                    customer.getString(0),
                    probabilities[i],
                    RiskBand.of(probabilities[i], model.baseRate()).label(),
                    atRisk.of(value(customer, 1), value(customer, 2)),
                    modelName,
                    modelVersion,
                    Reasons.json(features, rows[i], effects[i])));
        }
        return scores;
    }

    private static double[] values(Row customer, int count) {
        double[] values = new double[count];
        for (int j = 0; j < count; j++) {
            values[j] = value(customer, FIRST_FEATURE + j);
        }
        return values;
    }

    private static double value(Row row, int at) {
        return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
    }
}
