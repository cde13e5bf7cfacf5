package io.millrace.nightly.segment;

import io.millrace.models.metrics.Quantiles;
import io.millrace.models.segment.SegmentIdentity;
import io.millrace.models.segment.SegmentNames;
import io.millrace.models.segment.Segmentation;
import io.millrace.nightly.model.Champion;
import io.millrace.nightly.model.ScoredModel;
import io.millrace.nightly.model.Scores;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * Groups customers by how lately, how often and for how much they bought in a year. A segment is the one of the night before whose centre is nearest, and
 * keeps its number and its name, so that who moved did move.
 */
public final class CustomerSegments implements ScoredModel {

    private static final String PROFILE = "gold.segment_profile";
    private static final List<String> FEATURES = List.of("recency_days", "frequency_365d", "monetary_365d");
    /** Fewer customers make no groups that anybody would act on. */
    private static final int FEWEST = 50;

    private static final int MOST_SEGMENTS = 8;
    /** Standard deviations from which on two centres are not the same segment. */
    private static final double SAME = 1.0;

    @Override
    public String name() {
        return "segments";
    }

    @Override
    public String about() {
        return "group customers by what they buy";
    }

    @Override
    public List<String> scoresFrom() {
        return List.of("features.customer_behaviour", "gold.customer_segment", PROFILE);
    }

    @Override
    public String scores() {
        return "gold.customer_segment";
    }

    @Override
    public List<String> keeps() {
        return List.of(PROFILE);
    }

    /** Nothing that can be configured decides the segments. */
    @Override
    public Object heeds(Settings settings) {
        return "";
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new SegmentsSection());
    }

    @Override
    public Scores score(NightTables in, Settings settings, Optional<Champion> champion, RowMaker out) {
        List<Row> customers = customers(in);
        if (customers.size() < FEWEST) {
            return none(in, "no segments of fewer than %d customers who bought".formatted(FEWEST));
        }
        double[][] values = customers.stream().map(CustomerSegments::values).toArray(double[][]::new);
        Segmentation found = Segmentation.of(values, MOST_SEGMENTS, settings.seed());
        if (!found.chosen().isUsable()) {
            return none(
                    in,
                    "no segments: none is found again in samples of the customers (the best by %s, stability %.2f)"
                            .formatted(found.chosen().name(), found.chosen().stability()));
        }
        int[] groups = Arrays.stream(values).mapToInt(found::of).toArray();
        List<Segment> segments = named(segments(values, groups, found.count()), in, found);
        List<Row> rows = new ArrayList<>();
        int moved = 0;
        for (int i = 0; i < groups.length; i++) {
            Segment segment = groups[i] < 0 ? null : segments.get(groups[i]);
            Row customer = customers.get(i);
            Integer previous = customer.getAs("previous");
            Integer id = segment == null ? null : segment.id();
            moved += previous != null && !previous.equals(id) ? 1 : 0;
            rows.add(out.row()
                    .put("customer_code", customer.getAs("customer_code"))
                    .put("segment_id", id)
                    .put("segment_name", segment == null ? null : segment.name())
                    .put("previous_segment_id", previous)
                    .put("reason", reason(values[i], segment))
                    .put("model_version", found.chosen().name())
                    .done());
        }
        return new Scores(
                in.rows(scores(), rows),
                Map.of(PROFILE, in.rows(PROFILE, profile(in, segments, found))),
                note(found, segments, moved));
    }

    private Scores none(NightTables in, String why) {
        return new Scores(in.rows(scores(), List.of()), Map.of(PROFILE, in.rows(PROFILE, List.of())), why);
    }

    /** Customers who ever bought, with their segment of the last night that had segments. */
    private static List<Row> customers(NightTables in) {
        return in.sql("""
                        SELECT f.customer_code, CAST(f.recency_days AS double) AS recency_days,
                               CAST(f.frequency_365d AS double) AS frequency_365d,
                               CAST(f.monetary_365d AS double) AS monetary_365d, l.segment_id AS previous
                        FROM {features.customer_behaviour} f
                        LEFT JOIN {gold.customer_segment} l ON l.customer_code = f.customer_code
                          AND l.business_date = (SELECT max(business_date) FROM {gold.segment_profile})
                        WHERE f.business_date = DATE'%s' AND f.recency_days IS NOT NULL
                        ORDER BY f.customer_code""".formatted(in.date())).collectAsList();
    }

    private static double[] values(Row customer) {
        return FEATURES.stream()
                .mapToDouble(f -> customer.isNullAt(customer.fieldIndex(f)) ? Double.NaN : customer.<Double>getAs(f))
                .toArray();
    }

    /**
     * A group of tonight.
     *
     * @param id        the same from night to night; 0 while it is not known
     * @param customers how many
     * @param medians   of the features
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Segment(int id, String name, int customers, double[] medians) {}

    private static List<Segment> segments(double[][] values, int[] groups, int count) {
        List<Segment> segments = new ArrayList<>();
        for (int g = 0; g < count; g++) {
            int group = g;
            int[] in = IntStream.range(0, groups.length)
                    .filter(i -> groups[i] == group)
                    .toArray();
            double[] medians = new double[FEATURES.size()];
            Arrays.setAll(
                    medians,
                    j -> Quantiles.median(
                            Arrays.stream(in).mapToDouble(i -> values[i][j]).toArray()));
            segments.add(new Segment(0, "", in.length, medians));
        }
        double[][] places = new double[FEATURES.size()][count];
        for (int j = 0; j < places.length; j++) {
            int column = j;
            double[] all = Arrays.stream(values)
                    .mapToDouble(row -> row[column])
                    .sorted()
                    .toArray();
            Arrays.setAll(places[j], g -> below(all, segments.get(g).medians()[column]));
        }
        List<String> names = SegmentNames.of(places[0], places[1], places[2]);
        return IntStream.range(0, count)
                .mapToObj(g -> new Segment(
                        0,
                        names.get(g),
                        segments.get(g).customers(),
                        segments.get(g).medians()))
                .toList();
    }

    /** Share of ascending values that are less, equal ones half. */
    private static double below(double[] sorted, double value) {
        double less = 0;
        for (double other : sorted) {
            less += other < value ? 1 : other == value ? 0.5 : 0;
        }
        return less / sorted.length;
    }

    /** With the numbers and names of the night before where they are the same segments, and new numbers for others. */
    private static List<Segment> named(List<Segment> tonight, NightTables in, Segmentation found) {
        List<Row> profiles = in.sql("""
                        SELECT segment_id, segment_name, recency_days, frequency_365d, CAST(monetary_365d AS double),
                               business_date = max(business_date) OVER () AS is_last
                        FROM {gold.segment_profile} ORDER BY segment_id, business_date""").collectAsList();
        List<Row> last = profiles.stream().filter(r -> r.getBoolean(5)).toList();
        double[][] before = last.stream()
                .map(r -> found.scaled(new double[] {r.getDouble(2), r.getDouble(3), r.getDouble(4)}))
                .toArray(double[][]::new);
        double[][] now = tonight.stream().map(s -> found.scaled(s.medians())).toArray(double[][]::new);
        int[] matched = SegmentIdentity.match(now, before, SAME);
        int next = profiles.stream().mapToInt(r -> r.getInt(0)).max().orElse(0) + 1;
        List<Segment> named = new ArrayList<>();
        for (int s = 0; s < matched.length; s++) {
            Segment segment = tonight.get(s);
            Row same = matched[s] < 0 ? null : last.get(matched[s]);
            named.add(new Segment(
                    same == null ? next++ : same.getInt(0),
                    same == null ? free(segment.name(), last) : same.getString(1),
                    segment.customers(),
                    segment.medians()));
        }
        return named;
    }

    /** A name that no segment of the night before has. */
    private static String free(String name, List<Row> last) {
        List<String> taken = last.stream().map(r -> r.getString(1)).toList();
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name.replaceFirst(" \\d+$", "") + " " + i;
        }
        return free;
    }

    private static String reason(double[] values, Segment segment) {
        String own = "last bought %,.0f days ago, %,.0f times and for %,.2f in a year"
                .formatted(values[0], values[1], values[2]);
        return segment == null
                ? own + "; unlike every segment"
                : own
                        + "; the segment's medians are %,.0f days, %,.0f and %,.2f"
                                .formatted(segment.medians()[0], segment.medians()[1], segment.medians()[2]);
    }

    private static List<Row> profile(NightTables in, List<Segment> segments, Segmentation found) {
        RowMaker out = in.maker(PROFILE);
        return segments.stream()
                .map(s -> out.row()
                        .put("segment_id", s.id())
                        .put("segment_name", s.name())
                        .put("customers", s.customers())
                        .put("recency_days", s.medians()[0])
                        .put("frequency_365d", s.medians()[1])
                        .put("monetary_365d", s.medians()[2])
                        .put("silhouette", found.chosen().silhouette())
                        .put("stability", found.chosen().stability())
                        .done())
                .toList();
    }

    private static String note(Segmentation found, List<Segment> segments, int moved) {
        return "%d segments by %s, silhouette %.2f, stability %.2f: %s; %,d customers moved"
                .formatted(
                        segments.size(),
                        found.chosen().name(),
                        found.chosen().silhouette(),
                        found.chosen().stability(),
                        String.join(
                                ", ",
                                segments.stream()
                                        .map(s -> "%,d %s".formatted(s.customers(), s.name()))
                                        .toList()),
                        moved);
    }
}
