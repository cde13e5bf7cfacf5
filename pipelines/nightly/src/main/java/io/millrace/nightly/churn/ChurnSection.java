package io.millrace.nightly.churn;

import io.millrace.nightly.chart.BarChart;
import io.millrace.nightly.chart.Ink;
import io.millrace.nightly.plan.SeenVersions;
import io.millrace.nightly.report.Block;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Figure;
import io.millrace.nightly.report.Block.Figures;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Picture;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.report.ReportNight;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.registry.Promotion;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** Who may leave, whether earlier scores came true, and which model says so since when. */
final class ChurnSection implements Section {

    private static final String SCORES = "gold.churn_score";
    private static final String SALES = "silver.sales_line";
    private static final String MODEL = "churn";
    private static final int BINS = 10;

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public String title() {
        return "Who may leave";
    }

    @Override
    public List<String> reads() {
        return List.of(SCORES, SALES, SeenVersions.MODEL + MODEL);
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.churn();
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Block> blocks = new ArrayList<>();
        List<Row> bins = night.has(SCORES) ? bins(night) : List.of();
        if (bins.isEmpty()) {
            blocks.add(new Text("Nobody was scored tonight. " + night.state().missing("score-churn")));
        } else {
            blocks.add(bands(night, bins));
            blocks.add(distribution(night, bins));
            came(night, blocks);
        }
        champions(night, blocks);
        return blocks;
    }

    /** Rows of bin (0 to 9), band, customers, value at risk. */
    private static List<Row> bins(ReportNight night) {
        return night.rows("""
                SELECT CAST(least(floor(churn_probability * %1$d), %1$d - 1) AS int) AS bin, risk_band, count(*) AS customers,
                       sum(value_at_risk) AS value
                FROM {gold.churn_score} WHERE business_date = :night GROUP BY 1, 2""".formatted(BINS));
    }

    private static Figures bands(ReportNight night, List<Row> bins) {
        List<Figure> figures = new ArrayList<>();
        for (RiskBand band : List.of(RiskBand.HIGH, RiskBand.MEDIUM, RiskBand.LOW)) {
            List<Row> of = bins.stream()
                    .filter(r -> r.getString(1).equals(band.label()))
                    .toList();
            BigDecimal value = of.stream().map(r -> r.getDecimal(3)).reduce(BigDecimal.ZERO, BigDecimal::add);
            figures.add(new Figure(
                    "Customers at %s risk".formatted(band.label()),
                    night.formats()
                            .count(of.stream().mapToLong(r -> r.getLong(2)).sum()),
                    "margin of %s over %s days"
                            .formatted(
                                    night.formats().amount(value),
                                    night.formats()
                                            .count(night.settings()
                                                    .churn()
                                                    .horizon()
                                                    .toDays()))));
        }
        return new Figures(figures);
    }

    private static Picture distribution(ReportNight night, List<Row> bins) {
        List<String> names = IntStream.range(0, BINS)
                .mapToObj(bin ->
                        "%s–%s".formatted(bin * 100 / BINS, night.formats().share((bin + 1) / (double) BINS)))
                .toList();
        List<BarChart.Part> parts = new ArrayList<>();
        Map<RiskBand, Ink> inks =
                Map.of(RiskBand.LOW, Ink.GREEN, RiskBand.MEDIUM, Ink.YELLOW, RiskBand.HIGH, Ink.ORANGE);
        for (RiskBand band : RiskBand.values()) {
            double[] counts = new double[BINS];
            bins.stream()
                    .filter(r -> r.getString(1).equals(band.label()))
                    .forEach(r -> counts[r.getInt(0)] += r.getLong(2));
            parts.add(new BarChart.Part(band.label() + " risk", inks.get(band), counts));
        }
        Lines lines = Table.of(
                "The distribution in figures",
                new Column("Probability", Kind.TEXT),
                new Column("Low", Kind.COUNT),
                new Column("Medium", Kind.COUNT),
                new Column("High", Kind.COUNT));
        for (int bin = 0; bin < BINS; bin++) {
            lines.add(
                    names.get(bin),
                    parts.get(0).values()[bin],
                    parts.get(1).values()[bin],
                    parts.get(2).values()[bin]);
        }
        return new Picture(
                "How likely customers are to leave",
                "Customers by the probability that they buy nothing within the horizon, from the lowest to the highest tenth.",
                new BarChart(
                        "customers, by probability in %",
                        IntStream.range(0, BINS)
                                .mapToObj(bin -> Integer.toString(bin * 100 / BINS))
                                .toList(),
                        parts,
                        BarChart.Form.STACKED),
                lines.folded());
    }

    /** Scores whose horizon is over, beside what their customers did. */
    private static void came(ReportNight night, List<Block> blocks) {
        int horizon = ChurnRule.of(night.settings().churn()).horizon();
        LocalDate known = night.tables().deliveredUntil(SALES);
        List<Row> bins = night.before(SCORES, known.minusDays(horizon - 1L))
                .filter(scored -> night.has(SALES))
                .map(scored -> outcomes(night, scored, horizon))
                .orElse(List.of());
        if (bins.isEmpty()) {
            blocks.add(new Text(
                    "No night has scored %s days ago or earlier, so it is not known yet how its scores came true."
                            .formatted(night.formats().count(horizon))));
            return;
        }
        String scored = night.formats().date(bins.get(0).getDate(0).toLocalDate());
        Lines lines = Table.of(
                "Scores of " + scored + " and what came",
                new Column("Tenth of the scores", Kind.COUNT),
                new Column("Customers", Kind.COUNT),
                new Column("Expected to leave", Kind.SHARE),
                new Column("Left", Kind.SHARE));
        bins.forEach(r -> lines.add(r.getInt(1), r.getLong(2), r.getDouble(3), r.getDouble(4)));
        double expected =
                bins.stream().mapToDouble(r -> r.getLong(2) * r.getDouble(3)).sum();
        double left =
                bins.stream().mapToDouble(r -> r.getLong(2) * r.getDouble(4)).sum();
        blocks.add(new Picture(
                "Did they leave? Scores of " + scored,
                "Of those scored, %s were expected to leave and %s did."
                        .formatted(
                                night.formats().count(expected), night.formats().count(left)),
                new BarChart(
                        "% of customers, by tenth of the scores",
                        bins.stream().map(r -> Integer.toString(r.getInt(1))).toList(),
                        List.of(
                                new BarChart.Part("expected to leave", Ink.GREY, percent(bins, 3)),
                                new BarChart.Part("left", Ink.ORANGE, percent(bins, 4))),
                        BarChart.Form.BESIDE),
                lines.folded()));
    }

    private static double[] percent(List<Row> rows, int column) {
        return rows.stream().mapToDouble(r -> 100 * r.getDouble(column)).toArray();
    }

    /** Rows of night, tenth (1 to 10 by probability), customers, mean probability, share without a purchase within the horizon. */
    private static List<Row> outcomes(ReportNight night, LocalDate scored, int horizon) {
        return night.rows("""
                SELECT business_date, tenth, count(*), avg(churn_probability), avg(IF(bought, 0.0D, 1.0D))
                FROM (SELECT s.business_date, s.customer_code, s.churn_probability, count(b.on) > 0 AS bought,
                             ntile(%3$d) OVER (ORDER BY s.churn_probability, s.customer_code) AS tenth
                      FROM {gold.churn_score} s
                      LEFT JOIN (SELECT customer_code, order_date AS on FROM {silver.sales_line}
                                 WHERE status <> 'cancelled' AND quantity > 0) b
                        ON b.customer_code = s.customer_code AND b.on > s.business_date
                       AND b.on <= date_add(s.business_date, %2$d)
                      WHERE s.business_date = DATE'%1$s'
                      GROUP BY 1, 2, 3)
                GROUP BY business_date, tenth ORDER BY tenth LIMIT %3$d""".formatted(scored, horizon, BINS));
    }

    private static void champions(ReportNight night, List<Block> blocks) {
        List<Promotion> promotions = new ArrayList<>(night.promotions(MODEL));
        if (promotions.isEmpty()) {
            blocks.add(new Text(
                    "No model of churn was ever champion. " + night.state().missing("train-churn")));
            return;
        }
        Collections.reverse(promotions);
        promotions.stream()
                .filter(Promotion::isChampion)
                .findFirst()
                .ifPresent(champion -> blocks.add(quality(night, champion)));
        Lines lines = Table.of(
                "Champions and challengers, the newest first",
                new Column("Night", Kind.DATE),
                new Column("Version", Kind.COUNT),
                new Column("Decided", Kind.STATE),
                new Column("Why", Kind.SENTENCE));
        promotions.stream()
                .limit(ReportNight.MOST)
                .forEach(p -> lines.add(
                        p.businessDate(),
                        p.version(),
                        p.action().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        p.reason()));
        blocks.add(
                lines.of(promotions.size(), night.query("SELECT * FROM ops.model_alias WHERE model_name = 'churn'")));
    }

    /** Figures on days that the champion had not learned from. */
    private static Text quality(ReportNight night, Promotion champion) {
        Map<String, Double> metrics = night.metrics(MODEL, champion.version());
        Map<String, String> known = Map.of(
                "auc",
                "ranking (AUC)",
                "brier",
                "Brier score",
                "log_loss",
                "log loss",
                "baseline_log_loss",
                "log loss of the usual rate");
        String figures = List.of("auc", "brier", "log_loss", "baseline_log_loss").stream()
                .filter(metrics::containsKey)
                .map(m -> "%s %s".formatted(known.get(m), night.formats().quantity(metrics.get(m))))
                .collect(Collectors.joining(", "));
        return new Text("Version %d is champion. On the newest day that it had not learned from: %s."
                .formatted(champion.version(), figures));
    }
}
