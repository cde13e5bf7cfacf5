package io.millrace.nightly.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two nights on a database with Tryton's tables: what the first finds, and how everything that a day changes arrives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrytonNightTest {

    private static final String[] SALES = {"line_no", "order_no", "customer_code", "product_code", "quantity", "status"
    };

    @TempDir
    private static Path home;

    private EmbeddedPostgres postgres;
    private NightFixture company;
    private Night night;

    @BeforeAll
    void firstNight() throws IOException, SQLException {
        TestLake.get();
        postgres = EmbeddedPostgres.builder().start();
        try (InputStream schema = TrytonNightTest.class.getResourceAsStream("/tryton/schema.sql")) {
            erp(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        erp("CREATE ROLE reader LOGIN", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
        company = new NightFixture(
                home,
                "sources.erp.system=tryton",
                "sources.erp.database.url=jdbc:postgresql://localhost:%d/postgres".formatted(postgres.getPort()),
                "sources.erp.database.user=reader");
        night = run("2026-03-01");
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    private void erp(String... statements) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Night run(String date) {
        return company.refined(date);
    }

    private List<String> rows(String table, String... columns) {
        return NightFixture.sorted(
                night.lake().read("silver." + table).filter("source = 'erp'").selectExpr(columns));
    }

    private List<String> history(String table, String key, String... columns) {
        String[] all = Stream.concat(Arrays.stream(columns), Stream.of("valid_from", "valid_to"))
                .toArray(String[]::new);
        return NightFixture.sorted(night.lake()
                .read("silver." + table)
                .filter("source = 'erp' AND " + key)
                .selectExpr(all));
    }

    @Test
    @Order(1)
    void theFirstNightFindsTheCompany() {
        assertThat(rows("sales_line", SALES))
                .as("drafts, quotations and comments are no lines; a dozen is twelve")
                .containsExactly(
                        "[11,S1,2,P1,3.000,done]",
                        "[12,S1,2,id-2,24.000,done]",
                        "[14,S1,2,P1,-1.000,done]",
                        "[21,S2,3,P1,5.000,open]",
                        "[31,S3,4,P1,1.000,done]",
                        "[61,S6,3,id-2,6.000,open]");
        assertThat(rows("customer", "customer_code", "name", "city", "category", "email"))
                .containsExactly(
                        "[2,Anna \"Co\"; Ltd,Delft,Online|Retail,anna@example.com]",
                        "[3,Bob,null,Retail,null]",
                        "[4,Bob again,null,null,null]");
        assertThat(rows(
                        "product",
                        "product_code",
                        "list_price",
                        "cost_price",
                        "is_active",
                        "is_purchasable",
                        "unit_rounding"))
                .containsExactly("[P1,10.0000,6.1235,true,true,1.000000]", "[id-2,2.5000,1.0000,true,false,1.000000]");
        assertThat(rows("supplier_product", "product_code", "lead_time_days", "unit_price", "pack_size"))
                .as("the price of the smallest quantity, for one stock unit")
                .containsExactly("[P1,5.0,6.0000,1.000]", "[id-2,3.0,1.0000,12.000]");
        assertThat(rows("purchase_line", "order_no", "promised_date", "received_date", "received_quantity", "status"))
                .containsExactly("[B1,2026-02-06,2026-02-07,20.000,done]");
        assertThat(rows("stock_level", "product_code", "on_hand", "reserved", "incoming"))
                .containsExactly("[P1,17.000,5.000,0.000]");
        assertThat(rows("stock_move", "move_no", "move_type", "quantity"))
                .containsExactly("[1,receipt,20.000]", "[3,sale,-3.000]");
        assertThat(rows("exchange_rate", "from_currency", "to_currency", "rate_date", "CAST(rate AS decimal(9,4))"))
                .as("each by the company's own rate of the day")
                .containsExactly(
                        "[EUR,CHF,2026-02-01,1.1250]", "[EUR,CHF,2026-02-20,1.2000]", "[EUR,USD,2026-01-01,1.2500]");
        assertThat(rows("reorder_rule", "product_code", "site_code", "reorder_point", "order_up_to"))
                .containsExactly("[P1,WH,4.000,12.000]");
    }

    @Test
    @Order(2)
    void everythingThatADayChangesArrives() throws SQLException {
        String now = "write_date = TIMESTAMP '2026-03-02 10:00:00.5'";
        String later = "TIMESTAMP '2026-03-02 10:00:00.5'";
        erp(
                "UPDATE party_party SET name = 'Anna (renamed)', " + now + " WHERE id = 2",
                "UPDATE party_address SET city = 'Zürich', " + now + " WHERE party = 2",
                "UPDATE product_list_price SET list_price = 11.11, " + now + " WHERE template = 1",
                "UPDATE purchase_product_supplier SET lead_time = '30 days', " + now + " WHERE id = 1",
                "UPDATE product_product SET active = false, " + now + " WHERE id = 2",
                "DELETE FROM sale_line WHERE sale IN (4, 6)",
                "DELETE FROM sale_sale WHERE id IN (4, 6)",
                "UPDATE sale_sale SET state = 'confirmed', sale_date = '2026-03-02', " + now + " WHERE id = 5",
                "UPDATE sale_sale SET shipment_state = 'sent', " + now + " WHERE id = 2",
                "UPDATE stock_move SET state = 'done', effective_date = '2026-03-02', " + now + " WHERE id IN (4, 5)",
                "INSERT INTO sale_sale VALUES (7, 'S7', '2026-03-02', 'processing', 'sent', 3, 5, 1, " + later + ")",
                "INSERT INTO sale_line VALUES (71, 7, 'line', 1, 2, 1, 11.11, NULL, " + later + ")",
                // A merge of two parties: the documents change by a plain UPDATE that moves no date.
                "UPDATE party_party SET replaced_by = 3, active = false, " + now + " WHERE id = 4",
                "UPDATE sale_sale SET party = 3 WHERE party = 4",
                // A category is taken away by deleting a row, and the party does not change.
                "DELETE FROM party_category_rel WHERE party = 3");

        night = run("2026-03-02");

        assertThat(rows("sales_line", SALES))
                .containsExactly(
                        "[11,S1,2,P1,3.000,done]",
                        "[12,S1,2,id-2,24.000,done]",
                        "[14,S1,2,P1,-1.000,done]",
                        "[21,S2,3,P1,5.000,done]",
                        "[31,S3,3,P1,1.000,done]",
                        "[51,S5,2,P1,4.000,open]",
                        "[71,S7,3,P1,2.000,done]");
        assertThat(history("customer", "customer_code = '2'", "name", "city"))
                .containsExactly(
                        "[Anna \"Co\"; Ltd,Delft,2026-03-01,2026-03-02]", "[Anna (renamed),Zürich,2026-03-02,null]");
        assertThat(history("customer", "customer_code = '3'", "category"))
                .containsExactly("[Retail,2026-03-01,2026-03-02]", "[null,2026-03-02,null]");
        assertThat(history("customer", "customer_code = '4'", "replaced_by", "is_active"))
                .containsExactly("[3,false,2026-03-02,null]", "[null,true,2026-03-01,2026-03-02]");
        assertThat(history("product", "true", "product_code", "list_price", "is_active"))
                .containsExactly(
                        "[P1,10.0000,true,2026-03-01,2026-03-02]",
                        "[P1,11.1100,true,2026-03-02,null]",
                        "[id-2,2.5000,false,2026-03-02,null]",
                        "[id-2,2.5000,true,2026-03-01,2026-03-02]");
        assertThat(rows("supplier_product", "product_code", "lead_time_days"))
                .containsExactly("[P1,30.0]", "[id-2,3.0]");
        assertThat(rows("stock_level", "snapshot_date", "on_hand", "reserved"))
                .containsExactly("[2026-03-01,17.000,5.000]", "[2026-03-02,12.000,0.000]");
        assertThat(rows("stock_move", "move_no")).containsExactly("[1]", "[3]", "[4]");
        assertThat(night.lake().read("ops.quarantine").filter("source = 'erp'").collectAsList())
                .isEmpty();
    }

    @Test
    @Order(3)
    void theSameNightAgainReadsNothing() {
        int before = night.ledger().extracts().size();
        List<String> sales = rows("sales_line", SALES);
        night = run("2026-03-02");
        assertThat(night.ledger().extracts()).hasSize(before);
        assertThat(rows("sales_line", SALES)).isEqualTo(sales);
    }
}
