package io.millrace.decisions.evaluate;

import io.millrace.decisions.Require;
import io.millrace.decisions.inventory.StockPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An item whose stock policy is evaluated. Periods may be days or years; all rates are per that period.
 *
 * @param item         its name
 * @param leadTime     periods from order to receipt, 0 or more, fractions allowed
 * @param demandMean   units a period, above 0
 * @param demandSd     standard deviation of a period's demand, 0 for known demand
 * @param holding      cost per unit on hand and period, above 0
 * @param shortage     cost per unit backordered and period; 0 only where demand is known and nothing may run short
 * @param orderCost    per order, 0 or more
 * @param unitCost     purchase price, 0 or more; no part of the expected cost, because no policy changes it
 * @param review       periods between reviews, a whole number up to 1000; 0 for continuous review
 * @param history      demand of past periods; where given, it replaces mean, standard deviation and distribution
 * @param distribution of a period's demand
 * @param present      the rule in use, as min and max
 */
public record InventoryItem(
        String item,
        double leadTime,
        double demandMean,
        double demandSd,
        double holding,
        double shortage,
        double orderCost,
        double unitCost,
        int review,
        List<Double> history,
        Distribution distribution,
        Optional<StockPolicy> present) {

    /** Distributions of demand. */
    public enum Distribution {
        /** Poisson where the mean is below 20 and within 1 % of the variance, else by mean and variance. */
        AUTO,
        /** Normal. */
        NORMAL,
        /** Poisson with the mean; the standard deviation is not used. */
        POISSON
    }

    /** Longest time between reviews, in periods. */
    private static final int MOST_REVIEW = 1000;

    /** Refuses negative values, demand of 0, and uncertain demand without a shortage cost. */
    public InventoryItem {
        Require.text("item", item);
        history = List.copyOf(history);
        if (!history.isEmpty()) {
            double[] units = history.stream().mapToDouble(Double::doubleValue).toArray();
            demandMean = Arrays.stream(units).average().orElseThrow();
            demandSd = deviation(units, demandMean);
        }
        Require.notNegative("lead_time of " + item, leadTime);
        Require.positive("demand_mean of " + item, demandMean);
        Require.notNegative("demand_sd of " + item, demandSd);
        Require.positive("holding of " + item, holding);
        Require.notNegative("shortage of " + item, shortage);
        Require.notNegative("order_cost of " + item, orderCost);
        Require.notNegative("unit_cost of " + item, unitCost);
        Require.between("review of " + item, review, 0, MOST_REVIEW);
        history.forEach(units -> Require.notNegative("demand_history of " + item, units));
        boolean known = demandSd == 0 && history.isEmpty() && distribution != Distribution.POISSON;
        Require.that(
                shortage > 0 || (known && review <= 1),
                "item %s has uncertain demand and a shortage cost of 0; no policy would hold stock, so give a cost",
                item);
        present.ifPresent(rule -> Require.that(
                rule.lot() > 0 || orderCost == 0,
                "item %s has min = max = %s and an order cost; it would order without end, so raise max",
                item,
                rule.reorderPoint()));
    }

    /**
     * Reads a row of named text values: {@code item, lead_time, demand_mean, demand_sd, holding, shortage, order_cost, unit_cost,
     * review} and, where there, {@code demand_history} (separated by ; or |), {@code distribution}, {@code min, max}. Mean and
     * standard deviation may be empty if there is a history.
     */
    public static InventoryItem ofRow(Map<String, String> row) {
        double[] history = history(row.getOrDefault("demand_history", ""));
        double review = number(row, "review", 0);
        Require.that(
                review == Math.rint(review),
                "review is %s; it must be 0 for continuous review or a whole number of periods",
                review);
        return new InventoryItem(
                row.getOrDefault("item", ""),
                number(row, "lead_time", 0),
                number(row, "demand_mean", Double.NaN),
                number(row, "demand_sd", Double.NaN),
                number(row, "holding", Double.NaN),
                number(row, "shortage", 0),
                number(row, "order_cost", 0),
                number(row, "unit_cost", 0),
                (int) review,
                Arrays.stream(history).boxed().toList(),
                distribution(row.getOrDefault("distribution", "")),
                present(row));
    }

    private static Distribution distribution(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "", "auto" -> Distribution.AUTO;
            case "normal" -> Distribution.NORMAL;
            case "poisson" -> Distribution.POISSON;
            default ->
                throw new IllegalArgumentException("distribution is " + name + "; it must be auto, normal or poisson");
        };
    }

    private static Optional<StockPolicy> present(Map<String, String> row) {
        double min = number(row, "min", Double.NaN);
        double max = number(row, "max", Double.NaN);
        Require.that(Double.isNaN(min) == Double.isNaN(max), "min is %s and max is %s; give both or neither", min, max);
        return Double.isNaN(min) ? Optional.empty() : Optional.of(new StockPolicy(min, max));
    }

    private static double number(Map<String, String> row, String column, double absent) {
        String text = row.getOrDefault(column, "").strip();
        try {
            return text.isEmpty() ? absent : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " is '" + text + "'; it must be a number", e);
        }
    }

    private static double[] history(String text) {
        return Arrays.stream(text.split("[;|]", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .mapToDouble(value -> number(Map.of("demand_history", value), "demand_history", 0))
                .toArray();
    }

    private static double deviation(double[] values, double mean) {
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / Math.max(1, values.length - 1));
    }
}
