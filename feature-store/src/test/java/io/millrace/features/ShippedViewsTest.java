package io.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.contracts.ContractCatalog;
import io.millrace.lake.Lake;
import io.millrace.lake.TestLake;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small companies of which every figure can be worked out by hand, and their future changed. */
class ShippedViewsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

    private final Lake lake = TestLake.get();
    private final ContractCatalog contracts = ContractCatalog.load();
    private final FeatureViews views = FeatureViews.load(contracts);
    private final Frames frames = new Frames(lake, contracts);
    private int line;

    @Test
    void aCustomersBehaviourIsThatOfTheirOrders() {
        // Ana: orders of 100 (two lines), 50, 30 at 400, 100, 10 days; one return of 20; one cancelled; a contact, a
        // rating.
        sale("ana", "o1", 400, "p1", "web", null, "6", "60.00", "done");
        sale("ana", "o1", 400, "p2", "web", null, "4", "40.00", "done");
        sale("ana", "o2", 100, "p1", "store", "spring", "5", "50.00", "done");
        sale("ana", "o3", 10, "p3", "store", null, "3", "30.00", "open");
        sale("ana", "r1", 5, "p1", "store", null, "-2", "-20.00", "done");
        sale("ana", "o4", 2, "p9", "web", null, "9", "900.00", "cancelled");
        sale("bob", "o5", 20, "p1", null, null, "1", "10.00", "done");
        sale("cid", "r2", 20, "p1", null, null, "-1", "-10.00", "done");
        sale(null, "o6", 20, "p1", "web", null, "1", "10.00", "done");
        contact("ana", 200, "email", true);
        contact("ana", 50, "email", false);
        contact("ana", 9, "email", null);
        contact("ana", 60, "none", false);
        frames.add(
                "silver.feedback",
                "customer_code",
                "ana",
                "created_at",
                DAY.minusDays(40).atTime(23, 59),
                "_known_on",
                DAY.minusDays(40),
                "rating",
                2);
        frames.add(
                "silver.feedback",
                "customer_code",
                "ana",
                "created_at",
                DAY.atTime(23, 59),
                "_known_on",
                DAY,
                "rating",
                5);

        Map<String, Map<String, Object>> rows = by("customer_code", "customer_behaviour");
        Map<String, Object> ana = rows.get("ana");

        assertThat(rows).containsOnlyKeys("ana", "bob", "cid");
        assertThat(ana).containsEntry("recency_days", 10).containsEntry("tenure_days", 400);
        assertThat(ana)
                .containsEntry("frequency_30d", 1L)
                .containsEntry("frequency_180d", 2L)
                .containsEntry("frequency", 3L);
        assertThat(ana)
                .containsEntry("monetary_30d", 10.0)
                .containsEntry("monetary_365d", 60.0)
                .containsEntry("monetary", 160.0);
        assertThat(ana).containsEntry("order_value_365d", 40.0).containsEntry("order_lines_365d", 1.0);
        assertThat((double) ana.get("order_value_sd_365d")).isCloseTo(Math.sqrt(200), within(1e-9));
        assertThat(ana).containsEntry("frequency_trend", 1.0).containsEntry("monetary_trend", 70.0 / 110);
        assertThat(ana).containsEntry("mean_days_between_orders", 400 / 3.0);
        assertThat((double) ana.get("recency_over_mean")).isCloseTo(10 / (400 / 3.0), within(1e-12));
        assertThat(ana).containsEntry("returns_share_365d", 0.25).containsEntry("promotion_share_365d", 0.5);
        assertThat(ana).containsEntry("distinct_products_90d", 1L).containsEntry("distinct_products_365d", 2L);
        assertThat(ana).containsEntry("main_channel_share_365d", 1.0).containsEntry("channels_365d", 1L);
        assertThat(ana)
                .containsEntry("contacts_90d", 2L)
                .containsEntry("contact_recency_days", 9)
                .containsEntry("response_rate", 0.5);
        assertThat(ana)
                .containsEntry("rating_mean_365d", 3.5)
                .containsEntry("rating_last", 5.0)
                .containsEntry("complaints_90d", 1L);
        assertThat(rows.get("bob"))
                .containsEntry("response_rate", null)
                .containsEntry("rating_mean_365d", null)
                .containsEntry("contacts_365d", 0L);
        assertThat(rows.get("cid"))
                .containsEntry("recency_days", null)
                .containsEntry("frequency", 0L)
                .containsEntry("monetary", -10.0);
    }

    @Test
    void anItemsDemandIsCountedInWeeksBackFromTheNight() {
        // Steady: 10 a week for 104 weeks. New: 6 and 2 in two of its four weeks.
        for (int week = 0; week < 104; week++) {
            sold("steady", week * 7 + 3, "10", "20.00", week == 0 ? "2.5000" : "2.0000", week < 13 ? "deal" : null);
        }
        sold("new", 24, "6", "30.00", "5.0000", null);
        sold("new", 10, "3", "12.00", "4.0000", null);
        sold("new", 9, "-1", "-4.00", "4.0000", null);
        // Sold in one quarter of a year alone, 300 to 363 days ago: the season that is about to come again.
        sold("summer", 400, "1", "1.00", "1.0000", null);
        sold("summer", 340, "52", "52.00", "1.0000", null);
        sold("summer", 300, "52", "52.00", "1.0000", null);

        Map<String, Map<String, Object>> rows = by("product_code", "item_demand");

        assertThat(rows.get("steady"))
                .containsEntry("weekly_demand_4w", 10.0)
                .containsEntry("weekly_demand_13w", 10.0)
                .containsEntry("weekly_demand_52w", 10.0)
                .containsEntry("trend", 1.0)
                .containsEntry("adi", 1.0)
                .containsEntry("cv2", 0.0)
                .containsEntry("zero_week_share", 0.0)
                .containsEntry("season_index", 1.0)
                .containsEntry("seasonality", 0.0)
                .containsEntry("demand_class", "smooth")
                .containsEntry("price_last", 2.5)
                .containsEntry("promotion_share_364d", 0.25)
                .containsEntry("last_demand_date", DAY.minusDays(3))
                .containsEntry("history_weeks", 104);
        assertThat(rows.get("new"))
                .containsEntry("history_weeks", 4)
                .containsEntry("weekly_demand_4w", 2.0)
                .containsEntry("weekly_demand_52w", 2.0)
                .containsEntry("trend", null)
                .containsEntry("adi", 2.0)
                .containsEntry("zero_week_share", 0.5)
                .containsEntry("price_last", 4.0)
                .containsEntry("demand_class", "lumpy")
                .containsEntry("days_since_demand", 10)
                .containsEntry("season_index", null);
        // Weeks of 6 and 2 units: mean 4, variance 8.
        assertThat((double) rows.get("new").get("cv2")).isCloseTo(8.0 / 16, within(1e-8));
        assertThat((double) rows.get("new").get("price_mean_364d")).isCloseTo(42.0 / 9, within(1e-12));
        assertThat((double) rows.get("new").get("returns_share_364d")).isCloseTo(1.0 / 9, within(1e-12));
        assertThat(rows.get("summer"))
                .containsEntry("seasonality", 1.0)
                .containsEntry("season_index", 6.5)
                .containsEntry("weekly_demand_13w", 0.0);
    }

    @Test
    void aSupplierIsMeasuredByWhatIsDueAndAnOpenLineIsNotReceived() {
        purchase("slow", 100, 90, 90, "10", "10");
        purchase("slow", 80, 70, 66, "10", "8");
        purchase("slow", 60, 50, null, "10", null);
        purchase("slow", 12, -2, -3, "10", "10");
        purchase("fresh", 3, -7, null, "5", null);

        Map<String, Map<String, Object>> rows = by("supplier_code", "supplier_reliability");

        assertThat(rows.get("slow"))
                .containsEntry("lines", 4L)
                .containsEntry("received_lines", 2L)
                .containsEntry("open_lines_730d", 2L)
                .containsEntry("overdue_lines_730d", 1L)
                .containsEntry("overdue_days_mean_730d", 50.0)
                .containsEntry("lead_time_mean", 12.0)
                .containsEntry("lead_time_min_365d", 10)
                .containsEntry("lead_time_max_365d", 14)
                .containsEntry("promised_mean", 11.0)
                .containsEntry("late_days_mean", 2.0)
                .containsEntry("fill_share_365d", 0.9)
                .containsEntry("days_since_receipt", 66);
        assertThat((double) rows.get("slow").get("lead_time_sd")).isCloseTo(Math.sqrt(8), within(1e-9));
        // Three lines are due, one came in time.
        assertThat((double) rows.get("slow").get("on_time_share")).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(rows.get("fresh"))
                .containsEntry("lead_time_mean", null)
                .containsEntry("on_time_share", null)
                .containsEntry("promised_mean", 10.0);
    }

    @Test
    void changingTheFutureMovesNoFeatureOfAnyViewThatShips() {
        addWorld(0);
        Map<String, List<Map<String, Object>>> before = all();
        addWorld(1);

        assertThat(before.values()).allSatisfy(rows -> assertThat(rows).isNotEmpty());
        assertThat(all()).isEqualTo(before);
    }

    /** Everything that a night may know ({@code future = 0}), or happens a day later or becomes known a day later. */
    private void addWorld(int future) {
        for (int[] shift : future == 0 ? new int[][] {{0, 0}, {200, 0}} : new int[][] {{-1, 0}, {5, 1}, {200, 1}}) {
            LocalDate event = DAY.minusDays(shift[0]);
            LocalDate known = DAY.plusDays(shift[1]);
            frames.add(
                    "silver.sales_line",
                    "source",
                    "s",
                    "order_no",
                    "x" + shift[0],
                    "line_no",
                    "" + line++,
                    "order_date",
                    event,
                    "_known_on",
                    known,
                    "customer_code",
                    "ana",
                    "product_code",
                    "p" + future,
                    "site_code",
                    "s1",
                    "channel",
                    "c" + future,
                    "quantity",
                    "7",
                    "unit_price",
                    "2",
                    "amount",
                    "14",
                    "status",
                    "done");
            frames.add(
                    "silver.campaign_contact",
                    "campaign_code",
                    "c",
                    "customer_code",
                    "ana",
                    "contacted_at",
                    event.atTime(12, 0),
                    "_known_on",
                    known,
                    "channel",
                    "email",
                    "responded",
                    true);
            frames.add(
                    "silver.feedback",
                    "customer_code",
                    "ana",
                    "created_at",
                    event.atTime(0, 0),
                    "_known_on",
                    known,
                    "rating",
                    1 + future);
            frames.add(
                    "gold.customer_segment",
                    "business_date",
                    event.isAfter(known) ? event : known,
                    "customer_code",
                    "ana",
                    "segment_name",
                    "segment " + future);
            frames.add(
                    "silver.purchase_line",
                    "supplier_code",
                    "slow",
                    "order_date",
                    event,
                    "_known_on",
                    known,
                    "quantity",
                    "5",
                    "received_quantity",
                    "5",
                    "promised_date",
                    event.plusDays(3),
                    "received_date",
                    event.plusDays(4),
                    "status",
                    "done");
        }
    }

    private Map<String, List<Map<String, Object>>> all() {
        Map<String, List<Map<String, Object>>> features = new HashMap<>();
        for (FeatureView view : views.all()) {
            List<Map<String, Object>> rows = Frames.collect(frames.store().at(view, DAY));
            rows.sort(java.util.Comparator.comparing(Object::toString));
            features.put(view.name(), rows);
        }
        return features;
    }

    private Map<String, Map<String, Object>> by(String key, String view) {
        Map<String, Map<String, Object>> rows = new HashMap<>();
        Frames.collect(frames.store().at(views.get(view), DAY)).forEach(r -> rows.put((String) r.get(key), r));
        return rows;
    }

    private void sale(
            String customer,
            String order,
            int daysAgo,
            String product,
            String channel,
            String promotion,
            String quantity,
            String amount,
            String status) {
        LocalDate day = DAY.minusDays(daysAgo);
        frames.add(
                "silver.sales_line",
                "source",
                "s",
                "order_no",
                order,
                "line_no",
                "" + line++,
                "order_date",
                day,
                "_known_on",
                day,
                "customer_code",
                customer,
                "product_code",
                product,
                "channel",
                channel,
                "promotion_code",
                promotion,
                "quantity",
                quantity,
                "amount",
                amount,
                "status",
                status);
    }

    private void sold(String product, int daysAgo, String quantity, String amount, String price, String promotion) {
        LocalDate day = DAY.minusDays(daysAgo);
        frames.add(
                "silver.sales_line",
                "source",
                "s",
                "order_no",
                "o" + line,
                "line_no",
                "" + line++,
                "order_date",
                day,
                "_known_on",
                day,
                "product_code",
                product,
                "site_code",
                "s1",
                "promotion_code",
                promotion,
                "quantity",
                quantity,
                "amount",
                amount,
                "unit_price",
                price,
                "status",
                "done");
    }

    private void contact(String customer, int daysAgo, String channel, Boolean responded) {
        LocalDate day = DAY.minusDays(daysAgo);
        frames.add(
                "silver.campaign_contact",
                "campaign_code",
                "c",
                "customer_code",
                customer,
                "contacted_at",
                day.atTime(9, 0),
                "_known_on",
                day,
                "channel",
                channel,
                "responded",
                responded);
    }

    private void purchase(String supplier, int ordered, int promised, Integer received, String quantity, String came) {
        LocalDate day = DAY.minusDays(ordered);
        frames.add(
                "silver.purchase_line",
                "supplier_code",
                supplier,
                "order_date",
                day,
                "_known_on",
                day,
                "promised_date",
                DAY.minusDays(promised),
                "received_date",
                received == null ? null : DAY.minusDays(received),
                "quantity",
                quantity,
                "received_quantity",
                came,
                "status",
                "open");
    }
}
