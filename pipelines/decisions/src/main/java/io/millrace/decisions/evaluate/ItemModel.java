package io.millrace.decisions.evaluate;

import io.millrace.decisions.inventory.CostRate;
import io.millrace.decisions.inventory.StockPolicy;
import java.util.function.Function;

/**
 * A model of one item: its best policy, and what any policy costs in it.
 *
 * @param name    of the model: eoq, rq_normal, ss_poisson, …
 * @param exact   whether costs are computed, not simulated
 * @param optimal best policy, or the policy of the nearest exact model where costs are simulated
 * @param costs   cost per period of a policy
 */
record ItemModel(String name, boolean exact, StockPolicy optimal, Function<StockPolicy, CostRate> costs) {}
