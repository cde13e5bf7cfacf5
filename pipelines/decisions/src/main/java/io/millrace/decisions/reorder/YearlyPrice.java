package io.millrace.decisions.reorder;

/**
 * The model price of a policy: what it costs in an average year of the world that the plan believes in. What it cost in days that
 * happened is the replay's to say.
 *
 * @param holding       cost of stock on hand
 * @param shortage      cost of units short
 * @param ordering      cost of orders
 * @param fillRate      share of demand served at once
 * @param averageStock  units on hand
 * @param ordersPerYear orders placed
 */
public record YearlyPrice(
        double holding, double shortage, double ordering, double fillRate, double averageStock, double ordersPerYear) {

    private static final int DAYS_A_YEAR = 365;

    static YearlyPrice of(InventorySimulation.Outcome outcome) {
        return new YearlyPrice(
                outcome.holding() * DAYS_A_YEAR,
                outcome.shortage() * DAYS_A_YEAR,
                outcome.ordering() * DAYS_A_YEAR,
                outcome.fillRate(),
                outcome.averageStock(),
                outcome.orders() * DAYS_A_YEAR);
    }

    /** Holding, shortage and ordering cost. */
    public double total() {
        return holding + shortage + ordering;
    }
}
