package io.millrace.nightly.refine;

import static io.millrace.nightly.NightFixture.account;
import static io.millrace.nightly.NightFixture.quarantine;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The grocer of the page about sources: customers of whom two tables tell, and amounts in several units. */
class GrocerTest {

    @TempDir
    private Path home;

    private NightFixture shop;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    /**
     * Customers out of sales and out of a list of people: what the list says counts whichever comes, and neither is needed for the other. What is
     * sold by the crate is counted in pieces, by factors that are a table too.
     */
    @Test
    void oneTableOfSilverIsMadeOfTwoTablesInOneSelect() throws IOException {
        Path folder = Files.createDirectories(home.resolve("conf/sources/grocer"));
        Files.writeString(folder.resolve("source.yaml"), """
                about: A grocer.
                kind: files
                tables:
                  sales: {key: [no], columns: {no: {required: true}, buyer: {as: code}, article: {}, pieces: {as: number}, unit: {}}}
                  units: {key: [article, unit], mode: full, columns: {article: {}, unit: {}, factor: {as: number}}}
                  people: {key: [buyer], mode: full, columns: {buyer: {required: true, as: code}, name: {}}}
                fills:
                  customer: {from: sales, derived: true, also: {people: [buyer]}}
                  sales_line: {from: sales, also: {units: [article, unit]}}
                """);
        Files.writeString(folder.resolve("sales_line.sql"), """
                SELECT sales._row, no AS order_no, '1' AS line_no, CAST(sales._business_date AS string) AS order_date,
                       sales.article AS product_code,
                       coalesce(CAST(try_cast(pieces AS decimal(18, 3)) * try_cast(coalesce(factor, '1') AS decimal(18, 6)) AS string), pieces)
                           AS quantity,
                       CASE WHEN sales.unit <> 'piece' AND factor IS NULL THEN concat('no factor for ', sales.unit) END AS _reject
                FROM sales LEFT JOIN units ON units.article = sales.article AND units.unit = sales.unit
                """);
        Files.writeString(folder.resolve("customer.sql"), """
                SELECT max(sales._row) AS _row, sales.buyer AS customer_code, max(people.name) AS name
                FROM sales LEFT JOIN people ON people.buyer = sales.buyer
                WHERE sales.buyer IS NOT NULL
                GROUP BY sales.buyer
                UNION ALL
                SELECT _row, buyer, name FROM people
                """);
        shop = new NightFixture(
                home,
                "sources.shop.system=grocer",
                "sources.shop.drop=" + home.resolve("drop"),
                "sources.shop.manifest=optional");
        deliver(
                "2026-03-01",
                "sales",
                "no,buyer,article,pieces,unit",
                "1,001,A,2,crate",
                "2,002,A,3,piece",
                "3,,B,1.5,crate",
                "4,,A,many,crate");
        deliver("2026-03-01", "units", "article,unit,factor", "A,crate,12");
        deliver("2026-03-01", "people", "buyer,name", "1,Ada", "3,Cy");
        assertThat(customers("2026-03-01"))
                .as("both, sales alone, people alone")
                .containsExactly("[1,Ada]", "[2,null]", "[3,Cy]");

        assertThat(pieces()).containsExactly("[1,24.000]", "[2,3.000]");
        assertThat(quarantine(shop.night("2026-03-01")))
                .containsExactly(
                        "silver.sales_line:4 mapping: no factor for crate",
                        "silver.sales_line:5 type: quantity: 'many' is no decimal(18,3)");

        deliver("2026-03-02", "units", "article,unit,factor", "A,crate,10", "B,crate,6");
        deliver("2026-03-02", "people", "buyer,name", "1,Ada B.", "2,Bob");
        assertThat(customers("2026-03-02"))
                .as("people alone, of whom one is gone")
                .containsExactly("[1,Ada B.]", "[2,Bob]", "[3,Cy]");
        assertThat(pieces()).as("other factors").containsExactly("[1,20.000]", "[2,3.000]", "[3,9.000]");

        deliver("2026-03-03", "sales", "no,buyer,article,pieces,unit", "5,1,A,1,piece", "6,4,A,1,piece");
        assertThat(customers("2026-03-03"))
                .as("sales alone")
                .containsExactly("[1,Ada B.]", "[2,Bob]", "[3,Cy]", "[4,null]");
        assertThat(account(shop.night("2026-03-03"), "people")).containsExactly(2L, 0L, 2L, 0L);
    }

    private List<String> pieces() {
        return NightFixture.sorted(
                shop.night("2026-03-03").lake().read("silver.sales_line").select("order_no", "quantity"));
    }

    private void deliver(String date, String table, String... lines) throws IOException {
        Path folder = Files.createDirectories(home.resolve("drop/shop").resolve(date));
        Files.writeString(folder.resolve(table + ".csv"), String.join("\n", lines) + "\n");
    }

    private List<String> customers(String date) {
        return NightFixture.sorted(shop.refined(date)
                .lake()
                .read("silver.customer")
                .filter("is_current")
                .select("customer_code", "name"));
    }
}
