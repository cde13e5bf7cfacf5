package io.millrace.nightly.simulate;

import io.millrace.decisions.replay.ItemOutcome;
import io.millrace.decisions.replay.Money;
import io.millrace.decisions.replay.PolicyOutcome;
import io.millrace.decisions.replay.ReplayItem;
import io.millrace.decisions.replay.ReplayPolicy;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Outcomes as rows, on their way from executors. */
final class ReplayRows {

    static final StructType SCHEMA = StructType.fromDDL("""
            product string, site string, policy string, since int, unit_cost double,
            holding double, shortage double, ordering double, model_holding double, model_shortage double, model_ordering double,
            demand double, missed double, orders bigint, ordered double, start_stock double, end_stock double, end_on_order double,
            has_rule boolean, start_known boolean, seen bigint, empty bigint, units_on_empty double,
            costs array<double>, stocks array<double>""");

    private ReplayRows() {}

    static List<Row> of(ReplayItem item, ItemOutcome outcome, Row source) {
        boolean startKnown = item.stock().isPresent();
        return outcome.policies().stream()
                .map(p -> row(item, outcome, p, startKnown, source))
                .toList();
    }

    private static Row row(ReplayItem item, ItemOutcome outcome, PolicyOutcome p, boolean startKnown, Row source) {
        return RowFactory.create(
                item.product(),
                item.site(),
                p.policy().name(),
                outcome.startDate(),
                item.costs().unitCost(),
                p.cost().holding(),
                p.cost().shortage(),
                p.cost().ordering(),
                p.modelPrice().holding(),
                p.modelPrice().shortage(),
                p.modelPrice().ordering(),
                p.demand(),
                p.missed(),
                p.orders(),
                p.ordered(),
                outcome.startStock(),
                p.endStock(),
                p.endOnOrder(),
                item.firstRule().isPresent(),
                startKnown,
                source.getAs("seen"),
                source.getAs("empty"),
                source.getAs("units_on_empty"),
                p.costs(),
                values(p.stocks(), item.costs().unitCost()));
    }

    private static double[] values(double[] stocks, double unitCost) {
        double[] values = new double[stocks.length];
        for (int period = 0; period < stocks.length; period++) {
            values[period] = stocks[period] * unitCost;
        }
        return values;
    }

    static ItemLine line(Row r) {
        return new ItemLine(
                r.getAs("product"),
                r.getAs("site"),
                ReplayPolicy.valueOf(r.getAs("policy")),
                LocalDate.ofEpochDay(r.<Integer>getAs("since")),
                r.getAs("unit_cost"),
                new Money(r.getAs("holding"), r.getAs("shortage"), r.getAs("ordering")),
                new Money(r.getAs("model_holding"), r.getAs("model_shortage"), r.getAs("model_ordering")),
                r.getAs("demand"),
                r.getAs("missed"),
                r.getAs("orders"),
                r.getAs("ordered"),
                r.getAs("start_stock"),
                r.getAs("end_stock"),
                r.getAs("end_on_order"),
                r.getAs("has_rule"),
                r.getAs("start_known"),
                r.getAs("seen"),
                r.getAs("empty"),
                r.getAs("units_on_empty"));
    }
}
