package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractsTest {

    @TempDir
    Path folder;

    private static Map<String, String> hashes(Path root) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                hashes.put(root.relativize(file).toString(), hash(file));
            }
        }
        return hashes;
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    }

    private Path deliver(String name, long seed) throws IOException {
        Path home = folder.resolve(name);
        DemoOptions options = new DemoOptions(0.1, DemoOptions.DEFAULT_DATE, seed);
        Extracts.deliver(options, home.resolve("drops"), home.resolve("truth"));
        return home;
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        Map<String, String> first = hashes(deliver("first", 5));
        assertThat(first).hasSize(12 + 7).isEqualTo(hashes(deliver("second", 5)));
    }

    @Test
    void anotherSeedGivesAnotherCompany() throws IOException {
        Map<String, String> other = hashes(deliver("other", 6));
        hashes(deliver("first", 5)).forEach((name, hash) -> {
            if (!name.matches(".*demo/.*/(site|supplier)\\.csv")) { // names and places are the same in every company
                assertThat(other.get(name)).as(name).isNotEqualTo(hash);
            }
        });
    }

    @Test
    void aCompleteDeliveryIsRecognisedAndNoOther() throws IOException {
        Path home = deliver("first", 5);
        DemoOptions delivered = new DemoOptions(0.1, DemoOptions.DEFAULT_DATE, 5);
        DemoOptions another = new DemoOptions(0.1, DemoOptions.DEFAULT_DATE, 6);
        assertThat(Extracts.areDelivered(delivered, home.resolve("drops"), home.resolve("truth")))
                .isTrue();
        assertThat(Extracts.areDelivered(another, home.resolve("drops"), home.resolve("truth")))
                .isFalse();
        Files.delete(home.resolve("drops/demo/2026-02-28/_manifest.json"));
        assertThat(Extracts.areDelivered(delivered, home.resolve("drops"), home.resolve("truth")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customer",
                "product",
                "supplier",
                "site",
                "supplier_product",
                "sales_line",
                "purchase_line",
                "campaign_contact",
                "feedback",
                "shipment",
                "sensor_reading"
            })
    void headersAreTheContractsColumns(String table) {
        Path plain = DemoFiles.file(table + ".csv");
        Path file = Files.exists(plain) ? plain : DemoFiles.file(table + ".csv.gz");
        assertThat(CsvRows.of(file).header()).isEqualTo(Contracts.columns(table));
    }

    @Test
    void theManifestCountsAndHashesWhatLiesThere() throws IOException {
        String manifest = Files.readString(DemoFiles.file("_manifest.json"));
        assertThat(DemoFiles.DELIVERY.files()).hasSize(11);
        for (DropWriter.File file : DemoFiles.DELIVERY.files()) {
            assertThat(DemoFiles.table(file.name())).as(file.name()).hasSize((int) file.rows());
            assertThat(hash(DemoFiles.file(file.name()))).isEqualTo(file.sha256());
            assertThat(manifest)
                    .contains("{\"name\": \"" + file.name() + "\", \"rows\": " + file.rows() + ", \"sha256\": \""
                            + file.sha256() + "\", \"mode\": \"full\"}");
        }
    }

    @Test
    void sizesAreAsDocumented() {
        assertThat(DemoFiles.SALES).hasSizeBetween(45_000, 57_000);
        assertThat(DemoFiles.table("customer.csv")).hasSize(1500);
        assertThat(DemoFiles.table("product.csv")).hasSize(61);
        assertThat(DemoFiles.table("sensor_reading.csv.gz")).hasSize(6 * 2 * 30 * 24);
        assertThat(DemoFiles.table("shipment.csv")).hasSizeBetween(20, 90);
        assertThat(DemoFiles.table("feedback.csv")).hasSizeBetween(700, 2500);
    }

    @Test
    void linesGrowWithTheScale() throws IOException {
        DemoOptions small = new DemoOptions(0.25, DemoOptions.DEFAULT_DATE, 42);
        long lines = Extracts.deliver(small, folder.resolve("drops"), folder.resolve("truth")).files().stream()
                .filter(f -> f.name().startsWith("sales_line"))
                .findFirst()
                .orElseThrow()
                .rows();
        assertThat(lines / (double) DemoFiles.SALES.size()).isBetween(0.19, 0.31);
    }

    @Test
    void theSmallestCompanyHoldsAllBadRowsToo() throws IOException {
        DemoOptions tiny = new DemoOptions(0.02, DemoOptions.DEFAULT_DATE, 3);
        Extracts.Planted planted = Extracts.deliver(tiny, folder.resolve("drops"), folder.resolve("truth"))
                .planted();
        assertThat(planted).isEqualTo(DemoFiles.DELIVERY.planted());
    }

    @Test
    void badRowsAreInTheFilesAsCounted() {
        Extracts.Planted planted = DemoFiles.DELIVERY.planted();
        assertThat(planted).isEqualTo(new Extracts.Planted(12, 20, 1, 3));
        List<Map<String, String>> broken =
                DemoFiles.SALES.stream().filter(ExtractsTest::isBroken).toList();
        assertThat(broken)
                .hasSize(planted.brokenSales())
                .allMatch(r -> r.get("order_no").startsWith("SX"));
        assertThat(DemoFiles.SALES.size() - Set.copyOf(DemoFiles.SALES).size()).isEqualTo(planted.duplicateSales());
        assertThat(DemoFiles.SALES.stream().filter(r -> "P-9999".equals(r.get("product_code"))))
                .hasSize(planted.salesOfUnknownProduct());
        assertThat(DemoFiles.table("feedback.csv").stream().filter(r -> "9".equals(r.get("rating"))))
                .hasSize(planted.impossibleRatings());
    }

    private static boolean isBroken(Map<String, String> row) {
        return row.get("product_code") == null
                || !row.get("quantity").matches("-?\\d+")
                || !Set.of("open", "done", "cancelled").contains(row.get("status"))
                || !isDate(row.get("order_date"));
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    @Test
    void keysAreUniqueAmongGoodRows() {
        assertUnique(DemoFiles.GOOD_SALES, "order_no", "line_no");
        assertUnique(DemoFiles.table("purchase_line.csv"), "order_no", "line_no");
        assertUnique(DemoFiles.table("supplier_product.csv"), "supplier_code", "product_code");
        assertUnique(DemoFiles.table("campaign_contact.csv"), "campaign_code", "customer_code", "contacted_at");
        assertUnique(DemoFiles.table("feedback.csv"), "feedback_id");
        assertUnique(DemoFiles.table("shipment.csv"), "shipment_code");
        assertUnique(DemoFiles.table("sensor_reading.csv.gz"), "sensor_code", "measured_at", "metric");
        for (String master : List.of("customer", "product", "supplier", "site")) {
            assertUnique(DemoFiles.table(master + ".csv"), master + "_code");
        }
    }

    private static void assertUnique(List<Map<String, String>> rows, String... key) {
        assertThat(rows.stream().map(r -> Stream.of(key).map(r::get).toList()).distinct())
                .as("keys %s", (Object) key)
                .hasSameSizeAs(rows);
    }

    @Test
    void referencesResolve() {
        Map<String, Set<String>> known = new HashMap<>();
        for (String master : List.of("customer", "product", "supplier", "site")) {
            String code = master + "_code";
            known.put(
                    code,
                    DemoFiles.table(master + ".csv").stream()
                            .map(r -> r.get(code))
                            .collect(Collectors.toSet()));
        }
        assertResolved(DemoFiles.GOOD_SALES, known);
        for (String table : List.of(
                "purchase_line.csv",
                "supplier_product.csv",
                "campaign_contact.csv",
                "feedback.csv",
                "shipment.csv",
                "sensor_reading.csv.gz")) {
            assertResolved(DemoFiles.table(table), known);
        }
    }

    private static void assertResolved(List<Map<String, String>> rows, Map<String, Set<String>> known) {
        for (Map<String, String> row : rows) {
            known.forEach((column, codes) -> {
                if (row.get(column) != null) {
                    assertThat(codes).contains(row.get(column));
                }
            });
        }
    }

    @Test
    void amountsAreQuantityTimesPriceAndReturnsAreNegative() {
        for (Map<String, String> row : DemoFiles.GOOD_SALES) {
            java.math.BigDecimal quantity = new java.math.BigDecimal(row.get("quantity"));
            assertThat(quantity.multiply(new java.math.BigDecimal(row.get("unit_price"))))
                    .isEqualByComparingTo(row.get("amount"));
            assertThat(quantity.signum()).isEqualTo(row.get("order_no").startsWith("SR") ? -1 : 1);
        }
    }
}
