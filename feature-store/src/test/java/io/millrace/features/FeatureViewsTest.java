package io.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureViewsTest {

    private static final String SMALL = """
            view: loyalty
            about: How long
            entity: customer
            key: [customer_code]
            freshness: 2
            sources:
              lines:
                table: silver.sales_line
                event-time: order_date
                features:
                  orders: {aggregate: count-distinct, value: order_no, windows: [30, 90-180, all], unit: orders, about: Orders}
                  seen: {aggregate: days-since-last, internal: true, unit: days, about: Last seen}
            derived:
              is_lost: {sql: seen > 90, type: boolean, about: Not seen for 90 days}
            """;

    private final ContractCatalog tables = ContractCatalog.load();

    @Test
    void theViewsThatShipAreDeclaredWithoutProblems() {
        FeatureViews checked = FeatureViews.of(FeatureViews.shipped(), tables);

        assertThat(checked.all())
                .extracting(FeatureView::name)
                .containsExactly("customer_behaviour", "customer_segment", "item_demand", "supplier_reliability");
        assertThat(FeatureViews.load(tables).all()).containsExactlyElementsOf(checked.all());
    }

    @Test
    void theContractHoldsDateKeyAndEveryFeatureThatIsKept() {
        TableContract contract = FeatureViews.of(Map.of("loyalty.yaml", SMALL), tables)
                .get("loyalty")
                .contract();

        assertThat(contract.name()).isEqualTo("features.loyalty");
        assertThat(contract.shape()).isEqualTo(Shape.DATED);
        assertThat(contract.key()).containsExactly("business_date", "customer_code");
        assertThat(contract.partitionBy()).containsExactly("business_date");
        assertThat(contract.columns())
                .extracting(ColumnContract::name)
                .containsExactly("business_date", "customer_code", "orders_30d", "orders_90_180d", "orders", "is_lost");
        assertThat(contract.column("orders_30d"))
                .contains(new ColumnContract(
                        "orders_30d", "bigint", false, "orders", null, "Orders, in the last 30 days"));
        assertThat(contract.column("is_lost").orElseThrow().type()).isEqualTo("boolean");
        assertThat(contract.rules())
                .extracting(r -> r.columns().get(0))
                .containsExactly("business_date", "customer_code");
    }

    @Test
    void theGeneratedContractsJoinTheCatalogueOnce() {
        List<TableContract> generated = FeatureViews.load(tables).contracts();
        ContractCatalog all = tables.plus(generated);

        assertThat(all.get("features.item_demand").key()).containsExactly("business_date", "product_code", "site_code");
        assertThat(all.find("silver.sales_line")).isPresent();
        assertThatThrownBy(() -> all.plus(generated))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("4 problems");
    }

    @Test
    void everyProblemOfADeclarationIsReportedAtOnce() {
        String bad = SMALL.replace("freshness: 2", "freshness: -2")
                .replace("event-time: order_date", "event-time: order_day\n    where: staus = 'done'")
                .replace("[30, 90-180, all]", "[30, 30, 180-90, soon]")
                .replace("value: order_no", "value: order_no +")
                .replace("seen > 90", "sen > 90")
                .replace("type: boolean", "type: bool");

        assertThatThrownBy(() -> FeatureViews.of(Map.of("loyalty.yaml", bad), tables))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("9 problems")
                .hasMessageContaining("freshness must be at least 0 days and is -2")
                .hasMessageContaining("silver.sales_line has no column 'order_day' (did you mean 'order_date'?)")
                .hasMessageContaining("where names the unknown column 'staus' (did you mean 'status'?)")
                .hasMessageContaining("'order_no +' is not an SQL expression")
                .hasMessageContaining("there are two columns named 'orders_30d'")
                .hasMessageContaining("from day 180 to day 90")
                .hasMessageContaining("window 'soon' is not a number of days")
                .hasMessageContaining("derived feature 'is_lost' names the unknown column 'sen' (did you mean 'seen'?)")
                .hasMessageContaining("derived feature 'is_lost' has the unknown type 'bool'");
    }

    @Test
    void aKeyThatIsUnknownAndATableThatIsUnknownNameTheNearest() {
        String bad = SMALL.replace("silver.sales_line", "silver.sales_lines").replace("derived:", "derive:");

        assertThatThrownBy(() -> FeatureViews.of(Map.of("loyalty.yaml", bad), tables))
                .hasMessageContaining("unknown key 'derive' (did you mean 'derived'?)")
                .hasMessageContaining("unknown table 'silver.sales_lines' (did you mean 'silver.sales_line'?)");
    }

    @Test
    void aViewOfTheUsersOwnWinsOverTheOneThatShips(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), SMALL.replace("view: loyalty", "view: item_demand"));
        Files.writeString(folder.resolve("loyalty.yaml"), SMALL);

        FeatureViews views = FeatureViews.load(tables, folder);

        assertThat(views.all()).hasSize(5);
        assertThat(views.get("item_demand").about()).isEqualTo("How long");
        assertThatThrownBy(() -> views.get("loyality")).hasMessageContaining("did you mean 'loyalty'?");
        assertThat(FeatureViews.load(tables, folder.resolve("nowhere")).all()).hasSize(4);
    }

    @Test
    void theRenderedSqlShowsThatARowCountsOnlyOnceItHasHappenedAndIsKnown() {
        assertThat(FeatureViews.of(Map.of("loyalty.yaml", SMALL), tables)
                        .get("loyalty")
                        .sql())
                .contains("to_date(t.order_date) <= w.as_of AND to_date(t._known_on) <= w.known_at")
                .contains("FILTER (WHERE age >= 90 AND age < 180)");
    }
}
