package io.millrace.contracts.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSystemTest {

    private static final String SHOP = """
            about: A shop.
            kind: files
            tables:
              items:
                key: [id]
                columns:
                  id: {required: true, as: code}
                  price: {as: number, format: comma}
            fills:
              product: {from: items}
            """;

    private static final String SELECT = "SELECT _row, id AS product_code, price AS list_price FROM items";

    private static final ContractCatalog CONTRACTS = ContractCatalog.load();

    private final Problems problems = new Problems();

    @TempDir
    Path sources;

    @Test
    void aFolderOfTheUserIsASystem() throws IOException {
        write("shop/source.yaml", SHOP);
        write("shop/product.sql", SELECT);
        SourceSystem shop = SourceSystem.load("shop", sources, CONTRACTS, problems);
        assertThat(problems.list()).isEmpty();
        assertThat(shop.kind()).isEqualTo(SourceSystem.Kind.FILES);
        assertThat(shop.format()).isEqualTo(FileFormat.usual());
        assertThat(shop.tables().get("items").mode()).isEqualTo(SourceTable.Mode.DELTA);
        assertThat(shop.sql()).containsEntry("product", SELECT);
    }

    @Test
    void aFolderOfTheUserGoesBeforeTheShippedOneOfItsName() throws IOException {
        write("csv/source.yaml", SHOP);
        write("csv/product.sql", SELECT);
        SourceSystem csv = SourceSystem.load("csv", sources, CONTRACTS, problems);
        assertThat(problems.list()).isEmpty();
        assertThat(csv.tables()).containsOnlyKeys("items");
    }

    @Test
    void filesThatAreNeitherYamlNorSqlAreLeftAlone() throws IOException {
        write("shop/source.yaml", SHOP);
        write("shop/product.sql", SELECT);
        Files.write(sources.resolve("shop/.DS_Store"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(SourceSystem.load("shop", sources, CONTRACTS, problems)).isNotNull();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aQueryMayStandInAFileOfItsOwn() {
        String yaml = SHOP.replace("kind: files", "kind: jdbc")
                .replace("    key: [id]", "    key: [id]\n    query: extract/items.sql");
        Map<String, String> files =
                Map.of("source.yaml", yaml, "product.sql", SELECT, "extract/items.sql", "SELECT id, price FROM item");
        assertThat(SourceSystem.of("shop", files, CONTRACTS, problems)
                        .tables()
                        .get("items")
                        .query())
                .isEqualTo("SELECT id, price FROM item");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void everyProblemOfASystemIsReportedAtOnceWithItsLine() {
        String yaml = """
                about: A broken shop.
                kind: files
                tables:
                  items:
                    key: [idd]
                    sequence: [when]
                    watermark: id
                    columns:
                      id: {as: code}
                      _row: {}
                      price: {as: number, formt: comma}
                  2nd:
                    mode: full
                    columns:
                      id: {}
                fills:
                  product: {from: itms}
                  custmer: {from: items}
                  site: {from: items, also: {2nd: [name], third: []}}
                """;
        Map<String, String> files = Map.of(
                "source.yaml",
                yaml,
                "custmer.sql",
                "SELECT id FROM items",
                "site.sql",
                "SELECT 2 * price AS twice FROM items",
                "prodct.sql",
                SELECT);
        SourceSystem.of("shop", files, CONTRACTS, problems);
        assertThat(problems.list())
                .containsExactlyInAnyOrder(
                        "shop/source.yaml:11: unknown key 'tables.items.columns.price.formt' (did you mean 'format'?)",
                        "shop/source.yaml:5: tables.items.key names the unknown column 'idd' of items (did you mean 'id'?)",
                        "shop/source.yaml:6: tables.items.sequence names the unknown column 'when' of items",
                        "shop/source.yaml:7: tables.items.watermark is for kind jdbc only",
                        "shop/source.yaml:10: tables.items: column '_row' must be an identifier that does not start with _",
                        "shop/source.yaml:12: tables.2nd: a table's name must be an identifier",
                        "shop/source.yaml:12: tables.2nd: mode full needs a key, by which a row that is gone is known",
                        "shop/source.yaml:17: fills.product reads the unknown table 'itms' (did you mean 'items'?)",
                        "shop/source.yaml:17: fills.product: the file product.sql with its SELECT is missing",
                        "shop/source.yaml:18: fills.custmer: there is no table silver.custmer (did you mean 'customer'?)",
                        "shop/custmer.sql: the SELECT must carry _row, the identity of the row of 'items' that it came from",
                        "shop/source.yaml:19: fills.site.also.2nd names the unknown column 'name' of items",
                        "shop/source.yaml:19: fills.site.also.2nd names the unknown column 'name' of 2nd",
                        "shop/source.yaml:19: fills.site.also.third names no column by which the rows of items are found",
                        "shop/source.yaml:19: fills.site.also.third reads the unknown table 'third'",
                        "shop/site.sql: the SELECT must carry _row, the identity of the row of 'items' that it came from",
                        "shop/prodct.sql: no fill is named 'prodct' (did you mean 'product'?)");
    }

    @Test
    void whatADatabaseReadsMustBeColumnsOfItsTable() {
        String yaml = SHOP.replace("kind: files", "kind: jdbc")
                .replace(
                        "    key: [id]",
                        "    watermark: changed\n    partition: idd\n    compare: [prise]\n    query: none.sql");
        SourceSystem.of("shop", Map.of("source.yaml", yaml, "product.sql", SELECT), CONTRACTS, problems);
        assertThat(problems.list())
                .containsExactlyInAnyOrder(
                        "shop/source.yaml:5: tables.items.watermark names the unknown column 'changed' of items",
                        "shop/source.yaml:6: tables.items.partition names the unknown column 'idd' of items (did you mean 'id'?)",
                        "shop/source.yaml:7: tables.items.compare names the unknown column 'prise' of items (did you mean 'price'?)",
                        "shop/source.yaml:7: tables.items.compare needs a key",
                        "shop/source.yaml:8: tables.items.query names the missing file none.sql");
    }

    @Test
    void aSystemThatIsNowhereIsAProblem() {
        assertThat(SourceSystem.load("none", sources, CONTRACTS, problems)).isNull();
        assertThat(problems.list()).singleElement().asString().contains("there is no source system 'none'");
    }

    @Test
    void aFolderWithoutYamlIsAProblem() throws IOException {
        write("shop/product.sql", SELECT);
        assertThat(SourceSystem.load("shop", sources, CONTRACTS, problems)).isNull();
        assertThat(problems.list()).containsExactly("shop/source.yaml: is missing");
    }

    @Test
    void aNameThatLeavesTheFolderIsRefused() {
        assertThatThrownBy(() -> SourceSystem.load("../shop", sources, CONTRACTS, problems))
                .isInstanceOf(Failure.class);
    }

    @Test
    void theBronzeTableIsNamedAfterSourceAndTable() {
        assertThat(SourceSystem.bronze("online-retail", "KNA1")).isEqualTo("bronze.online_retail_kna1");
    }

    @Test
    void aFileFormatThatCannotBeIsRefusedWithItsLine() {
        String yaml = SHOP.replace("kind: files", "kind: files\nformat: {delimiter: \";;\"}");
        assertThat(SourceSystem.of("shop", Map.of("source.yaml", yaml, "product.sql", SELECT), CONTRACTS, problems))
                .isNull();
        assertThat(problems.list()).containsExactly("shop/source.yaml:3: format: delimiter ';;' must be one character");
    }

    @Test
    void aTableHasAFormatOfItsOwnAttributeByAttribute() {
        String yaml = """
                about: Two programs of one company.
                kind: files
                format: {delimiter: ";", encoding: ISO-8859-1}
                tables:
                  items: {columns: {id: {}}}
                  stock: {format: {delimiter: ",", header: false}, columns: {id: {}}}
                fills:
                  product: {from: items}
                """;
        SourceSystem shop =
                SourceSystem.of("shop", Map.of("source.yaml", yaml, "product.sql", SELECT), CONTRACTS, problems);
        assertThat(problems.list()).isEmpty();
        assertThat(shop.format("items")).isEqualTo(new FileFormat(";", "\"", true, "ISO-8859-1"));
        assertThat(shop.format("stock")).isEqualTo(new FileFormat(",", "\"", false, "ISO-8859-1"));

        SourceSystem alone = SourceSystem.of(
                "shop",
                Map.of("source.yaml", yaml.replaceAll("\nformat:.*", ""), "product.sql", SELECT),
                CONTRACTS,
                problems);
        assertThat(alone.format("items")).isEqualTo(FileFormat.usual());
        assertThat(alone.format("stock")).isEqualTo(new FileFormat(",", "\"", false, "UTF-8"));
        assertThat(alone.tables().get("stock").mapped())
                .as("how a file is written changes nothing of rows that were taken in")
                .isEqualTo(alone.tables().get("items").mapped());

        SourceSystem.of(
                "shop",
                Map.of(
                        "source.yaml",
                        yaml.replace("kind: files", "kind: jdbc").replace("\",\", h", "\",,\", h"),
                        "product.sql",
                        SELECT),
                CONTRACTS,
                problems);
        assertThat(problems.list())
                .containsExactly("shop/source.yaml:6: tables.stock.format: delimiter ',,' must be one character");
    }

    @Test
    void theZoneOfASourceIsThatOfItsTimestampsThatSayNone() {
        String yaml = """
                about: A shop abroad.
                kind: files
                time-zone: Europe/Lisbon
                tables:
                  items: {columns: {id: {}, day: {as: date}, at: {as: timestamp}, sent: {as: timestamp, time-zone: UTC}}}
                fills:
                  product: {from: items}
                """;
        Map<String, SourceColumn> columns = SourceSystem.of(
                        "shop", Map.of("source.yaml", yaml, "product.sql", SELECT), CONTRACTS, problems)
                .tables()
                .get("items")
                .columns();
        assertThat(problems.list()).isEmpty();
        assertThat(columns)
                .extractingByKeys("id", "day", "at", "sent")
                .extracting(SourceColumn::timeZone)
                .containsExactly(null, null, ZoneId.of("Europe/Lisbon"), ZoneId.of("UTC"));
        assertThat(columns.get("at")).hasToString("timestamp in Europe/Lisbon");

        SourceSystem.of(
                "shop",
                Map.of("source.yaml", yaml.replace("Lisbon", "Lisboa"), "product.sql", SELECT),
                CONTRACTS,
                problems);
        assertThat(problems.list())
                .containsExactly(
                        "shop/source.yaml:3: time-zone: 'Europe/Lisboa' is not a time zone such as Europe/Berlin");
    }

    /** Otherwise each error is told when the one before is mended. */
    @Test
    void whatCannotBeReadHidesNothingElse() {
        String yaml = """
                about: A broken shop.
                kind: fils
                format: {delimiter: ";;"}
                tables:
                  items:
                    key: [idd]
                    mode: fool
                    columns:
                      id: {as: cod}
                      price: {as: numbr, format: comma}
                      day: {as: date, format: jj}
                  heads:
                    key: [no]
                    sequence: {a: b}
                fills:
                  product: {from: itm}
                  site: {from: items, also: {heads: [no]}, derived: maybe}
                  custmer:
                """;
        assertThat(SourceSystem.of("shop", Map.of("source.yaml", yaml, "product.sql", SELECT), CONTRACTS, problems))
                .isNull();
        assertThat(problems.list())
                .anyMatch(p -> p.startsWith("shop/source.yaml:2: kind: 'fils' is not one of"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:3: format: delimiter ';;'"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:6: tables.items.key names the unknown column 'idd'"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:7: tables.items.mode: 'fool'"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:9: tables.items.columns.id.as: 'cod'"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:10: tables.items.columns.price.as: 'numbr'"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:11: tables.items.columns.day: format 'jj'"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:12: tables.heads.columns: is missing"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:14: tables.heads.sequence: "))
                .anyMatch(p -> p.startsWith("shop/source.yaml:16: fills.product reads the unknown table 'itm'"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:17: fills.site.derived: 'maybe'"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:17: fills.site: the file site.sql"))
                .anyMatch(p -> p.startsWith("shop/source.yaml:18: fills.custmer: a mapping is expected"))
                .noneMatch(p -> p.contains("null"));
    }

    private void write(String file, String text) throws IOException {
        Path path = sources.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
