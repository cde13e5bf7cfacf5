package io.millrace.nightly.anomaly;

import io.millrace.models.metrics.Quantiles;
import io.millrace.nightly.demand.WeeklyDemandSeries;
import io.millrace.nightly.tables.NightTables;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Weeks of a product at a site beside the quarter before each: the week, and the four weeks that it ends. Demand is compared by its
 * square root, whose spread hardly grows with it (Anscombe 1948, "The transformation of Poisson, binomial and negative-binomial data", Biometrika 35).
 */
final class WeeklyDemand implements Subject {

    private static final int WEEKS = 78;
    /** Weeks that tell what is usual. */
    private static final int QUARTER = 13;

    private static final int MONTH = 4;
    /** Standard deviation of the demand's transformed values if nothing but chance moves it. */
    private static final double CHANCE = 1;

    @Override
    public String type() {
        return "weekly_demand";
    }

    @Override
    public String audience() {
        return "planning";
    }

    @Override
    public List<String> tables() {
        return List.of("silver.sales_line", "silver.product");
    }

    @Override
    public List<String> fields() {
        return List.of("the demand of the week", "the demand in the middle of " + MONTH + " weeks");
    }

    /** Weeks that follow each other. */
    @Override
    public Duration apart() {
        return Duration.ofDays(7);
    }

    @Override
    public JavaRDD<Case> cases(NightTables in) {
        LocalDate closed = WeeklyDemandSeries.lastClosed(in.deliveredUntil("silver.sales_line"));
        return WeeklyDemandSeries.of(in, WEEKS)
                .filter("array_max(weeks) >= " + 2 * QUARTER)
                .toJavaRDD()
                .flatMap(row -> cases(row, closed).iterator());
    }

    private static List<Case> cases(Row row, LocalDate closed) {
        double[] units = WeeklyDemandSeries.series(row);
        int n = units.length;
        int first = QUARTER + MONTH - 1;
        double[] usual = new double[n];
        double[] beside = new double[n];
        double[] months = new double[n];
        double[] besideMonths = new double[n];
        Arrays.fill(besideMonths, Double.NaN);
        Arrays.fill(beside, Double.NaN);
        for (int i = QUARTER; i < n; i++) {
            usual[i] = mean(units, i - QUARTER, i);
            beside[i] = even(units[i]) - even(usual[i]);
        }
        for (int i = first; i < n; i++) {
            // The middle, so that one week is not strange four times; beside what was usual before any of them.
            months[i] = Quantiles.median(Arrays.copyOfRange(units, i - MONTH + 1, i + 1));
            besideMonths[i] = even(months[i]) - even(usual[i - MONTH + 1]);
        }
        double width = RobustWidth.of(beside, CHANCE);
        double monthWidth = RobustWidth.of(besideMonths, CHANCE / Math.sqrt(MONTH));
        List<Case> cases = new ArrayList<>();
        for (int i = first; i < n; i++) {
            Instant monday =
                    closed.minusDays(7L * (n - 1 - i) + 6).atStartOfDay().toInstant(ZoneOffset.UTC);
            cases.add(new Case(
                    row.getAs("product_code"),
                    "weekly demand at " + row.<String>getAs("site_code"),
                    monday,
                    new double[] {units[i], months[i]},
                    new double[] {usual[i], usual[i - MONTH + 1]},
                    new double[] {beside[i] / width, besideMonths[i] / monthWidth}));
        }
        return cases;
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }

    /** Of variance 1, whatever the mean, if sales come by chance one by one. */
    private static double even(double units) {
        return 2 * Math.sqrt(units + 0.375);
    }
}
