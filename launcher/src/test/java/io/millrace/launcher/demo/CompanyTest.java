package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompanyTest {

    private static final LocalDate DATE = DemoFiles.DATE;

    private static Map<String, List<LocalDate>> orderDays() {
        return DemoFiles.GOOD_SALES.stream()
                .filter(r -> r.get("customer_code") != null && r.get("order_no").startsWith("SO"))
                .collect(Collectors.groupingBy(
                        r -> r.get("customer_code"),
                        Collectors.mapping(r -> LocalDate.parse(r.get("order_date")), Collectors.toList())));
    }

    @Test
    void recencyAloneTellsWhoIsGone() {
        Map<String, List<LocalDate>> orders = orderDays();
        List<double[]> scored = DemoFiles.truth("customer.csv").stream()
                .filter(c -> orders.containsKey(c.get("customer_code")))
                .map(c -> {
                    LocalDate last = Collections.max(orders.get(c.get("customer_code")));
                    return new double[] {ChronoUnit.DAYS.between(last, DATE), c.get("churned_on") == null ? 0 : 1};
                })
                .toList();
        assertThat(scored).hasSizeGreaterThan(1400);
        double churned = scored.stream().mapToDouble(s -> s[1]).average().orElseThrow();
        assertThat(churned).isBetween(0.2, 0.45);
        assertThat(auc(scored)).isBetween(0.8, 0.995);
    }

    @Test
    void whoWillStopBuyingCanBeForeseenButNotSurely() {
        LocalDate asOf = DATE.minusDays(90);
        List<double[]> scored = new ArrayList<>();
        orderDays().values().forEach(days -> {
            List<LocalDate> before = days.stream().filter(d -> !d.isAfter(asOf)).toList();
            if (before.stream().anyMatch(d -> d.isAfter(asOf.minusDays(180)))) {
                LocalDate last = Collections.max(before);
                boolean stays = days.stream().anyMatch(d -> d.isAfter(asOf));
                scored.add(new double[] {ChronoUnit.DAYS.between(last, asOf), stays ? 0 : 1});
            }
        });
        assertThat(auc(scored)).isBetween(0.6, 0.9);
    }

    /** Probability that a positive scores above a negative, ties counting half, pair by pair. */
    private static double auc(List<double[]> scored) {
        double won = 0;
        long pairs = 0;
        for (double[] positive : scored) {
            for (double[] negative : scored) {
                if (positive[1] == 1 && negative[1] == 0) {
                    pairs++;
                    won += positive[0] > negative[0] ? 1 : positive[0] == negative[0] ? 0.5 : 0;
                }
            }
        }
        return won / pairs;
    }

    @Test
    void whoComplainsIsGoneSooner() {
        Map<String, String> churnedOn = DemoFiles.truth("customer.csv").stream()
                .filter(c -> c.get("churned_on") != null)
                .collect(Collectors.toMap(c -> c.get("customer_code"), c -> c.get("churned_on")));
        Map<String, String> sentiment = DemoFiles.truth("feedback.csv").stream()
                .collect(Collectors.toMap(f -> f.get("feedback_id"), f -> f.get("sentiment")));
        Map<String, Double> goneSoon = DemoFiles.table("feedback.csv").stream()
                .filter(f -> sentiment.containsKey(f.get("feedback_id")))
                .filter(f -> f.get("created_at").compareTo(DATE.minusDays(180).toString()) < 0)
                .collect(Collectors.groupingBy(
                        f -> sentiment.get(f.get("feedback_id")),
                        Collectors.averagingDouble(f -> goneSoon(f, churnedOn.get(f.get("customer_code"))) ? 1 : 0)));
        assertThat(goneSoon.get("negative")).isGreaterThan(1.5 * goneSoon.get("positive"));
    }

    private static boolean goneSoon(Map<String, String> feedback, String churnedOn) {
        LocalDate written = LocalDate.parse(feedback.get("created_at").substring(0, 10));
        return churnedOn != null && LocalDate.parse(churnedOn).isBefore(written.plusDays(180));
    }

    @Test
    void aThirdOfTheProductsIsAskedForOnFewDays() {
        Map<String, Set<String>> days = new HashMap<>();
        DemoFiles.GOOD_SALES.forEach(r -> days.computeIfAbsent(r.get("product_code"), k -> new HashSet<>())
                .add(r.get("order_date")));
        Set<String> intermittent = DemoFiles.truth("product.csv").stream()
                .filter(p -> p.get("is_intermittent").equals("true"))
                .map(p -> p.get("product_code"))
                .collect(Collectors.toSet());
        assertThat(intermittent).hasSize(20);
        // Syntetos and Boylan call demand intermittent where its mean interval exceeds 1.32 periods.
        assertThat(intermittent)
                .allSatisfy(p -> assertThat(912.0 / days.get(p).size()).isGreaterThan(5));
    }

    @Test
    void gardenSellsInSpringAndLightInWinter() {
        assertThat(sold("garden", 4, 5, 6)).isGreaterThan(3 * sold("garden", 10, 11, 12));
        assertThat(sold("lighting", 11, 12, 1)).isGreaterThan(2 * sold("lighting", 5, 6, 7));
    }

    private static double sold(String category, Integer... months) {
        Set<String> products = DemoFiles.table("product.csv").stream()
                .filter(p -> p.get("category").equals(category))
                .map(p -> p.get("product_code"))
                .collect(Collectors.toSet());
        return DemoFiles.GOOD_SALES.stream()
                .filter(r -> products.contains(r.get("product_code")))
                .filter(r -> r.get("order_date").compareTo("2024") > 0
                        && r.get("order_date").compareTo("2026") < 0)
                .filter(r -> Arrays.asList(months)
                        .contains(LocalDate.parse(r.get("order_date")).getMonthValue()))
                .count();
    }

    @Test
    void promotionsCutThePrice() {
        ToDoubleFunction<Map<String, String>> price = r -> Double.parseDouble(r.get("unit_price"));
        Map<String, Double> usual = DemoFiles.GOOD_SALES.stream()
                .filter(r ->
                        r.get("promotion_code") == null && r.get("order_no").startsWith("SO"))
                .collect(Collectors.groupingBy(r -> r.get("product_code"), Collectors.averagingDouble(price)));
        List<Double> cuts = DemoFiles.GOOD_SALES.stream()
                .filter(r -> r.get("promotion_code") != null)
                .map(r -> price.applyAsDouble(r) / usual.get(r.get("product_code")))
                .toList();
        assertThat(cuts.size()).isGreaterThan(DemoFiles.GOOD_SALES.size() / 50);
        assertThat(cuts.stream().mapToDouble(c -> c).average().orElseThrow()).isBetween(0.7, 0.92);
    }

    @Test
    void oneSupplierIsChronicallyLateAndTheOthersNearlyKeepTheirPromise() {
        Map<String, Double> ratio = DemoFiles.table("purchase_line.csv").stream()
                .filter(p -> p.get("received_date") != null)
                .collect(Collectors.groupingBy(
                        p -> p.get("supplier_code"),
                        Collectors.averagingDouble(p -> days(p, "received_date") / days(p, "promised_date"))));
        ratio.forEach((supplier, late) -> assertThat(late)
                .as(supplier)
                .isBetween(supplier.equals("S-003") ? 1.4 : 0.85, supplier.equals("S-003") ? 1.8 : 1.25));
    }

    private static double days(Map<String, String> line, String until) {
        return ChronoUnit.DAYS.between(LocalDate.parse(line.get("order_date")), LocalDate.parse(line.get(until)));
    }

    @Test
    void ordersRespectMinimumAndPack() {
        Map<String, Map<String, String>> terms = DemoFiles.table("supplier_product.csv").stream()
                .collect(Collectors.toMap(t -> t.get("supplier_code") + t.get("product_code"), t -> t));
        for (Map<String, String> line : DemoFiles.table("purchase_line.csv")) {
            Map<String, String> t = terms.get(line.get("supplier_code") + line.get("product_code"));
            int quantity = Integer.parseInt(line.get("quantity"));
            assertThat(t.get("preference")).isEqualTo("1");
            assertThat(quantity % Integer.parseInt(t.get("pack_size"))).isZero();
            assertThat(quantity).isGreaterThanOrEqualTo(Integer.parseInt(t.get("min_order_quantity")));
        }
    }

    @Test
    void halfOfTheFeedbackIsRatedAndRatingsFollowTheSentiment() {
        Map<String, String> truth = DemoFiles.truth("feedback.csv").stream()
                .collect(Collectors.toMap(f -> f.get("feedback_id"), f -> f.get("sentiment")));
        List<Map<String, String>> feedback = DemoFiles.table("feedback.csv").stream()
                .filter(f -> !f.get("feedback_id").startsWith("FX"))
                .toList();
        assertThat(truth).hasSameSizeAs(feedback);
        List<Map<String, String>> rated =
                feedback.stream().filter(f -> f.get("rating") != null).toList();
        assertThat(rated.size() / (double) feedback.size()).isBetween(0.4, 0.6);
        Map<String, Double> stars = rated.stream()
                .collect(Collectors.groupingBy(
                        f -> truth.get(f.get("feedback_id")),
                        Collectors.averagingInt(f -> Integer.parseInt(f.get("rating")))));
        assertThat(stars.get("positive")).isGreaterThan(4.2);
        assertThat(stars.get("neutral")).isBetween(2.6, 3.4);
        assertThat(stars.get("negative")).isLessThan(1.8);
    }

    @Test
    void shipmentsAreDueInTheNextThreeDaysNearTheirWarehouse() {
        Map<String, Map<String, String>> sites =
                DemoFiles.table("site.csv").stream().collect(Collectors.toMap(s -> s.get("site_code"), s -> s));
        for (Map<String, String> shipment : DemoFiles.table("shipment.csv")) {
            assertThat(LocalDate.parse(shipment.get("due_date"))).isBetween(DATE.plusDays(1), DATE.plusDays(3));
            Map<String, String> site = sites.get(shipment.get("site_code"));
            assertThat(Double.parseDouble(shipment.get("latitude")))
                    .isCloseTo(Double.parseDouble(site.get("latitude")), within(1.0));
            assertThat(Double.parseDouble(shipment.get("longitude")))
                    .isCloseTo(Double.parseDouble(site.get("longitude")), within(1.6));
            assertThat(Double.parseDouble(shipment.get("demand"))).isPositive();
            assertThat(shipment.get("window_start")).isLessThan(shipment.get("window_end"));
        }
    }

    @Test
    void spikesStandOutFromTheSameHourOfOtherDays() {
        Map<List<String>, List<Map<String, String>>> series = DemoFiles.table("sensor_reading.csv.gz").stream()
                .collect(Collectors.groupingBy(r -> List.of(r.get("sensor_code"), r.get("metric"))));
        List<Map<String, String>> anomalies = DemoFiles.truth("anomaly.csv");
        assertThat(anomalies).hasSize(12);
        assertThat(anomalies.stream().map(a -> a.get("kind")).distinct())
                .containsExactlyInAnyOrder("spike", "drift", "stuck", "shift");
        anomalies.stream().filter(a -> a.get("kind").equals("spike")).forEach(a -> {
            List<Map<String, String>> readings = series.get(List.of(a.get("sensor_code"), a.get("metric")));
            assertThat(deviation(readings, a.get("starts_at"))).isGreaterThan(4);
        });
    }

    /** Distance from the median of the same hour, in median absolute deviations. */
    private static double deviation(List<Map<String, String>> readings, String at) {
        double[] sameHour = readings.stream()
                .filter(r -> r.get("measured_at").endsWith(at.substring(10)))
                .mapToDouble(r -> Double.parseDouble(r.get("value")))
                .toArray();
        double median = median(sameHour);
        double spread =
                median(Arrays.stream(sameHour).map(v -> Math.abs(v - median)).toArray());
        double value = readings.stream()
                .filter(r -> r.get("measured_at").equals(at))
                .mapToDouble(r -> Double.parseDouble(r.get("value")))
                .findFirst()
                .orElseThrow();
        return Math.abs(value - median) / spread;
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsTimestampedAfterTheBusinessDate() {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
        LocalDateTime midnight = DATE.plusDays(1).atStartOfDay();
        for (String[] column : new String[][] {
            {"feedback.csv", "created_at"},
            {"campaign_contact.csv", "contacted_at"},
            {"sensor_reading.csv.gz", "measured_at"}
        }) {
            assertThat(DemoFiles.table(column[0]))
                    .allMatch(r -> LocalDateTime.parse(r.get(column[1]), format).isBefore(midnight));
        }
        assertThat(DemoFiles.GOOD_SALES)
                .allMatch(r -> !LocalDate.parse(r.get("order_date")).isAfter(DATE));
    }
}
