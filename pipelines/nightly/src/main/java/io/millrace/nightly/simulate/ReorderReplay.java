package io.millrace.nightly.simulate;

import io.millrace.decisions.StableHash;
import io.millrace.decisions.replay.ItemReplay;
import io.millrace.decisions.replay.Money;
import io.millrace.decisions.replay.ReplayCalendar;
import io.millrace.decisions.replay.ReplayItem;
import io.millrace.decisions.replay.ReplayOptions;
import io.millrace.decisions.replay.ReplayPolicy;
import io.millrace.decisions.replay.Saving;
import io.millrace.lake.Lake;
import io.millrace.nightly.reorder.OrderCosts;
import io.millrace.nightly.reorder.Reorder;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Replays reorder policies over a lake's own past. One Spark job takes the items apart; each lives through all its dates and policies
 * in plain Java.
 */
public final class ReorderReplay {

    /** Tasks for each core, so that one with dear items does not hold up the others. */
    private static final int TASKS_A_CORE = 8;

    private final Lake lake;
    private final Settings settings;

    /** Takes the lake and the configuration. */
    public ReorderReplay(Lake lake, Settings settings) {
        this.lake = lake;
        this.settings = settings;
    }

    /** Decides on each date and lives to the last day. */
    public ReplayResult run(List<LocalDate> dates, LocalDate end) {
        ReplayCalendar calendar = new ReplayCalendar(
                dates.stream().mapToInt(d -> (int) d.toEpochDay()).toArray(), (int) end.toEpochDay());
        try (NightTables in = NightTables.now(lake, ReplayItems.TABLES)) {
            Dataset<Row> outcomes = in.cached(outcomes(in, calendar));
            List<ItemLine> lines = outcomes.drop("costs", "stocks").collectAsList().stream()
                    .map(ReplayRows::line)
                    .sorted(Comparator.comparing(ItemLine::product)
                            .thenComparing(ItemLine::site)
                            .thenComparing(ItemLine::policy))
                    .toList();
            return result(dates, end, lines, outcomes);
        }
    }

    private Dataset<Row> outcomes(NightTables in, ReplayCalendar calendar) {
        int weeks = settings.forecast().history();
        int horizon = settings.forecast().horizon();
        ReplayOptions options =
                new ReplayOptions(calendar, Reorder.options(settings).withSimulatedYears(Reorder.LEAST_YEARS), weeks);
        ReplayItems items = ReplayItems.of(
                settings.reorder(),
                calendar,
                OrderCosts.of(in, LocalDate.ofEpochDay(calendar.dates()[0]), settings.reorder())
                        .amount());
        Dataset<Row> rows = ReplayItems.rows(in, calendar, weeks);
        PastForecasters past = PastForecasters.of(ReplayItems.lessons(rows), calendar.dates(), weeks, horizon);
        FlatMapFunction<Row, Row> replay = row -> replayed(row, items, options, past);
        return rows.repartition(TASKS_A_CORE * lake.spark().sparkContext().defaultParallelism())
                .flatMap(replay, Encoders.row(ReplayRows.SCHEMA));
    }

    private static Iterator<Row> replayed(Row row, ReplayItems items, ReplayOptions options, PastForecasters past) {
        ReplayItem item = items.item(row, options.calendar());
        return ItemReplay.of(item, options, past.ofItem())
                .map(outcome -> ReplayRows.of(item, outcome, row))
                .orElse(List.of())
                .iterator();
    }

    private ReplayResult result(List<LocalDate> dates, LocalDate end, List<ItemLine> lines, Dataset<Row> outcomes) {
        Map<ReplayPolicy, List<ItemLine>> byPolicy = new EnumMap<>(ReplayPolicy.class);
        lines.forEach(l ->
                byPolicy.computeIfAbsent(l.policy(), p -> new ArrayList<>()).add(l));
        Map<ReplayPolicy, double[]> costs = series(outcomes, "costs", dates.size());
        Map<ReplayPolicy, double[]> stocks = series(outcomes, "stocks", dates.size());
        boolean ruled = lines.stream().anyMatch(ItemLine::hasRule);
        List<PolicyTotals> totals = new ArrayList<>();
        byPolicy.forEach((policy, of) -> totals.add(totals(policy, of, costs.get(policy), stocks.get(policy))));
        Map<ReplayPolicy, Saving> savings = new EnumMap<>(ReplayPolicy.class);
        for (ReplayPolicy other :
                List.of(ReplayPolicy.ERP_BEFORE, ReplayPolicy.MOVING_AVERAGE, ReplayPolicy.MOVING_AVERAGE_EOQ)) {
            if (byPolicy.containsKey(other) && (ruled || other != ReplayPolicy.ERP_BEFORE)) {
                savings.put(
                        other,
                        Saving.of(
                                costs(byPolicy.get(other)),
                                costs(byPolicy.get(ReplayPolicy.CLASSICAL)),
                                StableHash.random(settings.seed(), "replay", other.label())));
            }
        }
        return new ReplayResult(
                dates,
                end,
                byPolicy.isEmpty() ? 0 : lines.size() / byPolicy.size(),
                ruled ? totals : withoutRules(totals),
                savings,
                lines);
    }

    /** Where the ERP had no rule the plan's baseline is the moving average, and its model price is that one's. */
    private static List<PolicyTotals> withoutRules(List<PolicyTotals> totals) {
        Money price = totals.stream()
                .filter(t -> t.policy() == ReplayPolicy.ERP_BEFORE)
                .map(PolicyTotals::modelPrice)
                .findFirst()
                .orElse(Money.NONE);
        return totals.stream()
                .filter(t -> t.policy() != ReplayPolicy.ERP_BEFORE)
                .map(t -> t.policy() == ReplayPolicy.MOVING_AVERAGE ? t.withModelPrice(price) : t)
                .toList();
    }

    private static double[] costs(List<ItemLine> lines) {
        return lines.stream().mapToDouble(l -> l.cost().total()).toArray();
    }

    private static PolicyTotals totals(ReplayPolicy policy, List<ItemLine> lines, double[] costs, double[] stocks) {
        double demand = lines.stream().mapToDouble(ItemLine::demand).sum();
        double missed = lines.stream().mapToDouble(ItemLine::missed).sum();
        return new PolicyTotals(
                policy,
                lines.stream().map(ItemLine::cost).reduce(Money.NONE, Money::plus),
                lines.stream().map(ItemLine::modelPrice).reduce(Money.NONE, Money::plus),
                demand > 0 ? 1 - missed / demand : 1,
                lines.stream().mapToLong(ItemLine::orders).sum(),
                lines.stream().mapToDouble(l -> l.startStock() * l.unitCost()).sum(),
                lines.stream().mapToDouble(l -> l.endStock() * l.unitCost()).sum(),
                lines.stream().mapToDouble(l -> l.endOnOrder() * l.unitCost()).sum(),
                costs,
                stocks);
    }

    /** The sum over items of one array, period by period. */
    private static Map<ReplayPolicy, double[]> series(Dataset<Row> outcomes, String column, int periods) {
        Map<ReplayPolicy, double[]> series = new EnumMap<>(ReplayPolicy.class);
        outcomes.selectExpr("policy", "posexplode(" + column + ") AS (period, value)")
                .groupBy("policy", "period")
                .agg(org.apache.spark.sql.functions.sum("value"))
                .collectAsList()
                .forEach(r -> series.computeIfAbsent(ReplayPolicy.valueOf(r.getString(0)), p -> new double[periods])[
                                r.getInt(1)] =
                        r.getDouble(2));
        return series;
    }
}
