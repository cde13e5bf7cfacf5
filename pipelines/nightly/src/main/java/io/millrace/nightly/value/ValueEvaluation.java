package io.millrace.nightly.value;

import io.millrace.contracts.Failure;
import io.millrace.models.evaluate.EvaluationResult;
import io.millrace.models.metrics.PointErrors;
import io.millrace.models.value.PurchaseModel;
import io.millrace.models.value.Purchases;
import io.millrace.models.value.ValueModel;
import io.millrace.models.value.ValueOutlook;
import io.millrace.models.value.ValueTrainer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Measures the night's customer value on purchases of the user's: what customers buy after a day, told from what they bought until then.
 *
 * @param data           file of comma-separated values with a header; {@code .gz} is unpacked
 * @param columns        where customer, day and money stand
 * @param calibrationEnd last day that is learned from
 * @param holdoutEnd     last day that is judged, or null for the last one of the data
 * @param seed           of the sample that parameters are fitted to where there are very many customers
 */
public record ValueEvaluation(
        Path data, PurchaseFile.Columns columns, LocalDate calibrationEnd, LocalDate holdoutEnd, long seed) {

    /** Holdouts are at most so many times as long as what is learned from. */
    private static final int LONGEST = 20;

    public ValueEvaluation {
        if (holdoutEnd != null && !holdoutEnd.isAfter(calibrationEnd)) {
            throw Failure.usage(
                    "--holdout-end %s is not after --calibration-end %s".formatted(holdoutEnd, calibrationEnd));
        }
    }

    /** What somebody expects of a customer. */
    private record Forecast(double purchases, double medianPurchases, double amount, double medianAmount) {

        static Forecast of(ValueOutlook outlook) {
            return new Forecast(
                    outlook.purchases(), outlook.medianPurchases(), outlook.amount(), outlook.medianAmount());
        }

        static Forecast of(double purchases, double amount) {
            return new Forecast(purchases, purchases, amount, amount);
        }
    }

    /**
     * Runs it.
     *
     * @return errors of purchases and of money in the holdout, and the estimates of the model that is taken; as baselines each model by itself, as
     *     many as before, as many as at the rate so far, and the mean of the former for everybody
     * @throws Failure of kind USAGE or DATA if the file does not allow it
     */
    public EvaluationResult run() {
        long start = System.nanoTime();
        PurchaseFile file = PurchaseFile.read(data, columns, holdoutEnd);
        List<Purchases> all = file.customers();
        int until = (int) calibrationEnd.toEpochDay();
        int end = holdoutEnd == null
                ? all.stream().mapToInt(Purchases::lastDay).max().orElseThrow()
                : (int) holdoutEnd.toEpochDay();
        requireBothSides(all.stream().mapToInt(Purchases::firstDay).min().orElseThrow(), until, end);
        List<Purchases> customers =
                all.stream().filter(c -> c.firstDay() <= until).toList();
        List<Purchases> sample = ValueTrainer.sample(customers, seed);
        ValueModel model = new ValueTrainer(end - until, 0).learn(sample, until);
        List<ValueTrainer.Fitted> each = ValueTrainer.each(sample, until);

        Map<String, Double> metrics = errors(file, customers, model, c -> Forecast.of(model.outlook(c)));
        metrics.put("customers", (double) customers.size());
        metrics.put("holdout_days", (double) model.horizon());
        metrics.put("rows_left_out", (double) file.rowsLeftOut());
        metrics.put("share_as_usual", model.habit());
        each.stream()
                .filter(fitted -> fitted.model().name().equals(model.purchases().name()))
                .forEach(fitted -> metrics.putAll(estimates(fitted)));
        if (file.hasAmounts()) {
            model.spend().parameters().forEach((name, value) -> metrics.put("spend_" + name, value));
        }
        Map<String, Map<String, Double>> baselines = baselines(file, customers, model, each);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> remarks = remarks(file, model, sample.size(), customers.size(), all.size());
        return new EvaluationResult("value", data.toString(), metrics, baselines, file.rows(), seconds, seed, remarks);
    }

    private static Map<String, Map<String, Double>> baselines(
            PurchaseFile file, List<Purchases> customers, ValueModel model, List<ValueTrainer.Fitted> each) {
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        for (ValueTrainer.Fitted fitted : each) {
            ValueModel pure = model.pure(fitted.model());
            Map<String, Double> metrics = errors(file, customers, model, c -> Forecast.of(pure.outlook(c)));
            metrics.putAll(estimates(fitted));
            baselines.put(fitted.model().name(), metrics);
        }
        baselines.put(
                "as_many_as_before",
                errors(file, customers, model, c -> Forecast.of(model.before(c), model.amountBefore(c))));
        baselines.put(
                "rate_so_far", errors(file, customers, model, c -> Forecast.of(model.soFar(c), model.amountSoFar(c))));
        double before = customers.stream().mapToDouble(model::before).average().orElseThrow();
        double amount =
                customers.stream().mapToDouble(model::amountBefore).average().orElseThrow();
        baselines.put("mean", errors(file, customers, model, c -> Forecast.of(before, amount)));
        return baselines;
    }

    private void requireBothSides(int first, int until, int end) {
        if (until < first || end <= until) {
            throw Failure.data("%s has purchases from %s to %s; --calibration-end %s has to leave some on either side"
                    .formatted(data, LocalDate.ofEpochDay(first), LocalDate.ofEpochDay(end), calibrationEnd));
        }
        if ((end - until) / LONGEST > until - first + 1) {
            throw Failure.data(
                    "%s has purchases until %s, which is more than %d times as long after %s as before. Maybe a date is mistyped: give --holdout-end"
                            .formatted(data, LocalDate.ofEpochDay(end), LONGEST, calibrationEnd));
        }
    }

    private static Map<String, Double> estimates(ValueTrainer.Fitted fitted) {
        Map<String, Double> estimates = new LinkedHashMap<>(fitted.model().parameters());
        estimates.put("log_likelihood", fitted.logLikelihood());
        return estimates;
    }

    private static Map<String, Double> errors(
            PurchaseFile file, List<Purchases> customers, ValueModel model, Function<Purchases, Forecast> forecaster) {
        int until = model.until();
        int end = until + model.horizon();
        PointErrors purchases = new PointErrors();
        PointErrors money = new PointErrors();
        for (Purchases customer : customers) {
            Forecast forecast = forecaster.apply(customer);
            purchases.add(forecast.purchases, forecast.medianPurchases, customer.between(until, end));
            money.add(forecast.amount, forecast.medianAmount, customer.amountBetween(until, end));
        }
        Map<String, Double> errors = purchases.asMap("transactions_");
        if (file.hasAmounts()) {
            errors.putAll(money.asMap("money_"));
        }
        return errors;
    }

    private List<String> remarks(PurchaseFile file, ValueModel model, int fitted, int customers, int all) {
        List<String> remarks = new ArrayList<>(file.remarks());
        remarks.add(
                "learned from %s to %s, judged on the %,d days to %s; rows of a customer and a day are one transaction"
                        .formatted(
                                LocalDate.ofEpochDay(model.since()),
                                calibrationEnd,
                                model.horizon(),
                                LocalDate.ofEpochDay(model.until() + model.horizon())));
        if (all > customers) {
            remarks.add("%,d customers who first bought after %s are not judged"
                    .formatted(all - customers, calibrationEnd));
        }
        if (fitted < customers) {
            remarks.add("parameters are fitted to %,d of the customers".formatted(fitted));
        }
        if (!file.hasAmounts()) {
            remarks.add("there is no column amount: transactions alone are judged; name it with --amount");
        }
        PurchaseModel chosen = model.purchases();
        remarks.add("millrace: %s, and in what it expects a share of %.2f of what is usual"
                .formatted(chosen.name(), model.habit())
                .replace("a share of 0.00 of", "nothing of"));
        return remarks;
    }
}
