package io.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.JobCounter;
import io.millrace.lake.Lake;
import io.millrace.lake.TestLake;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureStoreTest {

    private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

    private final ContractCatalog silver = ContractCatalog.load();
    private final FeatureViews views = FeatureViews.load(silver);

    @Test
    void aNightIsMaterialisedAsAWholeAndServesWhileItIsFresh() {
        FeatureView view = views.get("supplier_reliability");
        Lake lake = TestLake.at(TestLake.root(), silver.plus(views.contracts()));
        Frames frames = new Frames(lake, silver);
        // What is materialised is read where it was written.
        FeatureStore store =
                new FeatureStore(lake, table -> table.equals(view.table()) ? lake.read(table) : frames.read(table));
        assertThatThrownBy(() -> store.serving(view, DAY))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("its newest date is none");

        purchase(frames, "a", DAY.minusDays(9));
        long first = store.materialise(view, DAY);
        purchase(frames, "b", DAY);

        assertThat(store.materialise(view, DAY)).isEqualTo(first + 1);
        assertThat(lake.read(view.table())
                        .selectExpr("concat(business_date, supplier_code) AS row")
                        .orderBy("row")
                        .collectAsList())
                .extracting(r -> r.getString(0))
                .containsExactly("2026-06-30a", "2026-06-30b");
        assertThat(store.serving(view, DAY.plusDays(1)).count()).isEqualTo(2);
        assertThatThrownBy(() -> store.serving(view, DAY.plusDays(2)))
                .hasMessageContaining("its newest date is 2026-06-30 and it may be 1 days old");
    }

    @Test
    void aTrainingSetOfSeveralDatesAndSourcesIsOneJob() throws InterruptedException {
        Lake lake = TestLake.get();
        FeatureView view = views.get("customer_behaviour");
        Frames frames = new Frames(lake, silver);
        frames.add(
                "silver.sales_line",
                "source",
                "s",
                "order_no",
                "o",
                "customer_code",
                "ana",
                "order_date",
                DAY,
                "_known_on",
                DAY,
                "product_code",
                "p",
                "channel",
                "web",
                "quantity",
                "1",
                "amount",
                "1",
                "status",
                "done");
        frames.add(
                "silver.campaign_contact",
                "customer_code",
                "ana",
                "contacted_at",
                DAY.atStartOfDay(),
                "_known_on",
                DAY,
                "channel",
                "email");
        frames.add(
                "silver.feedback",
                "customer_code",
                "ana",
                "created_at",
                DAY.atStartOfDay(),
                "_known_on",
                DAY,
                "rating",
                3);
        JobCounter counter = JobCounter.on(lake.spark());
        frames.store()
                .trainingSet(view, List.of(DAY, DAY.plusDays(30), DAY.plusDays(60)))
                .collectAsList();
        // The listener is told a moment after the job.
        Thread.sleep(500);

        assertThat(view.sources()).hasSizeGreaterThan(1);
        assertThat(counter.jobs()).isEqualTo(1);
    }

    @Test
    void aTrainingSetWithoutDatesIsRefused() {
        FeatureStore store = new FeatureStore(TestLake.get());
        assertThatThrownBy(() -> store.trainingSet(views.get("item_demand"), List.of()))
                .hasMessageContaining("needs at least one date");
    }

    private static void purchase(Frames frames, String supplier, LocalDate day) {
        frames.add(
                "silver.purchase_line",
                "supplier_code",
                supplier,
                "order_date",
                day,
                "_known_on",
                day,
                "quantity",
                "1",
                "status",
                "open");
    }
}
