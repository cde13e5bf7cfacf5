package io.millrace.nightly.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.source.FileFormat;
import io.millrace.contracts.source.SourceColumn;
import io.millrace.contracts.source.SourceColumn.Reading;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.contracts.yaml.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files tell of themselves, and what is left open. */
class SourceDraftTest {

    private static final ContractCatalog CONTRACTS = ContractCatalog.load();

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private SourceSystem described(SourceDraft draft) {
        return SourceSystem.of("grocer", draft.files(), CONTRACTS, problems);
    }

    @Test
    void whatTheRowsTellIsADescriptionThatLeavesNothingOpen() throws IOException {
        write("2026-02-27/bons.csv", "old\nx\n");
        write("2026-02-28/bons.csv", """
                BelegNr;Pos;Datum;Kunden-Nr;Artikel;Menge;Preis;Filiale
                1001;1;27.02.2026;000123;00017;1.250,5;2,50;M\u00fcnchen
                1001;2;27.02.2026;000123;00018;3;12;M\u00fcnchen
                1002;1;28.02.2026;;00017;1;2,50;K\u00f6ln
                """);
        write("2026-02-28/articles.csv", "id,description,Price,active\n17,Milk,2.5,Y\n18,\"Bread, dark\",12,N\n");
        write("2026-02-28/_manifest.json", "{}");
        write("2026-02-28/notes.txt", "none");

        SourceDraft draft = SourceDraft.of(folder, CONTRACTS);
        SourceSystem grocer = described(draft);

        assertThat(problems.list()).isEmpty();
        assertThat(draft.open()).isZero();
        assertThat(draft.left()).singleElement().asString().startsWith("2026-02-28/notes.txt: is not read");
        assertThat(draft.files()).containsOnlyKeys("source.yaml", "sales_line.sql", "product.sql");
        assertThat(grocer.format("bons")).isEqualTo(new FileFormat(";", "\"", true, "windows-1252"));
        assertThat(grocer.format("articles")).isEqualTo(FileFormat.usual());
        SourceTable bons = grocer.tables().get("bons");
        assertThat(bons.key()).containsExactly("BelegNr", "Pos");
        assertThat(bons.columns())
                .containsEntry("Datum", new SourceColumn(false, Reading.DATE, List.of("d.M.yyyy"), null))
                .containsEntry("Kunden_Nr", new SourceColumn(false, Reading.CODE, List.of(), null))
                .containsEntry("Artikel", new SourceColumn(false, Reading.CODE, List.of(), null))
                .containsEntry("Menge", new SourceColumn(false, Reading.NUMBER, List.of("comma"), null))
                .containsEntry("BelegNr", new SourceColumn(true, Reading.TEXT, List.of(), null));
        assertThat(grocer.tables().get("articles").key()).containsExactly("id");
        assertThat(draft.files().get("sales_line.sql"))
                .contains(
                        "`BelegNr` AS order_no",
                        "`Pos` AS line_no",
                        "`Datum` AS order_date",
                        "`Kunden_Nr` AS customer_code",
                        "`Artikel` AS product_code",
                        "`Filiale` AS site_code",
                        "`Menge` AS quantity",
                        "FROM `bons`");
        assertThat(draft.files().get("product.sql"))
                .contains("`id` AS product_code", "`description` AS name", "`active` AS is_active");
    }

    /** A whole number is one in either notation: what tells them apart is the few values that are not, or nothing does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "many | | but for values such as 'many', which go to quarantine |",
                "1,5 | comma | |",
                "1.5 | | |",
                "1,500 | | | OPEN",
            })
    void oneValueInManyWholeNumbersIsNoReasonToStop(String odd, String format, String guess, String open) {
        List<String> values = new ArrayList<>(Collections.nCopies(200, "7"));
        values.add(odd);

        ColumnDraft column = ColumnDraft.of("pieces", values);

        assertThat(column.as()).isEqualTo(Reading.NUMBER);
        assertThat(column.format()).isEqualTo(format);
        assertThat(column.guess()).isEqualTo(guess);
        assertThat(column.open() != null).isEqualTo(open != null);
    }

    @Test
    void whatNoRowTellsIsLeftOpenAndRefusedUntilItIsAnswered() throws IOException {
        write("sales.csv", """
                invoice,customer,date,product,qty
                1,C1,02/03/2026,A,"1,250"
                2,C2,05/04/2026,B,"2,500"
                """);
        SourceDraft draft = SourceDraft.of(folder, CONTRACTS);
        assertThat(draft.open()).isEqualTo(2);
        described(draft);
        assertThat(problems.list())
                .hasSize(2)
                .allSatisfy(p -> assertThat(p).startsWith("grocer/source.yaml:").contains("is left open"))
                .anyMatch(p -> p.contains("is '02/03/2026' in d/M/yyyy or in M/d/yyyy?"))
                .anyMatch(p -> p.contains("is the sign in '1,250' that of decimals"));
    }

    @Test
    void aFileThatIsLikeNothingFillsNothingAndOneWithoutAColumnThatSilverNeedsAsksForIt() throws IOException {
        write("weather 2026.csv", "1.5|2\n2.5|3\n");
        SourceDraft nothing = SourceDraft.of(folder, CONTRACTS);
        assertThat(nothing.files()).containsOnlyKeys("source.yaml");
        assertThat(described(nothing).format("weather_2026")).isEqualTo(new FileFormat("|", "\"", false, "UTF-8"));
        assertThat(problems.list()).singleElement().asString().contains("which one does it fill?");
        assertThat(nothing.files().get("source.yaml")).contains("are to be delivered as weather_2026.csv");

        write("orders.csv", "order_no,line_no,product_code,quantity,order_date\n1,1,A,2,soon\n1,2,B,1,later\n");
        write(
                "stock.jsonl",
                "{\"product_code\":\"A\",\"site_code\":\"S\",\"on_hand\":3}\n{\"product_code\":\"B\",\"site_code\":\"S\"}\n");
        SourceDraft draft = SourceDraft.of(folder, CONTRACTS);
        assertThat(draft.files().get("sales_line.sql"))
                .contains("`order_date` AS order_date -- OPEN: is it? It is named alike, but its values are no date");
        assertThat(draft.files().get("stock_level.sql")).contains("NULL AS snapshot_date -- OPEN: which column is it?");
    }

    @Test
    void aFolderWithNothingToReadIsRefused() throws IOException {
        write("image.png", "x");
        assertThatThrownBy(() -> SourceDraft.of(folder, CONTRACTS))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessageContaining("image.png: is not read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "1;2;-3                                | NUMBER    | -",
                "1.5;2.25                              | NUMBER    | -",
                "1,5;2,25                              | NUMBER    | comma",
                "1.250,75;3                            | NUMBER    | comma",
                "0.250;0.125                           | NUMBER    | -",
                "1.234,5;1,234.5                       | NUMBER    | last-separator",
                "007;12                                | CODE      | -",
                "Y;N;y                                 | FLAG      | -",
                "2026-02-28;2026-03-01                 | DATE      | -",
                "2026-02-28 10:15:00;2026-03-01T08:00  | TIMESTAMP | -",
                "20260228;20260301;00000000            | DATE      | yyyyMMdd",
                "12/31/2025 8:15;1/2/2026 10:00        | TIMESTAMP | M/d/yyyy H:mm",
                "31-Jan-2026;1-Feb-2026                | DATE      | d-MMM-yyyy",
                "20261345;20260101                     | NUMBER    | -",
                "30.02.2026;01.03.2026                 | TEXT      | -",
                "a;1                                   | TEXT      | -",
            })
    void aColumnIsReadAsItsValuesTell(String values, Reading as, String format) {
        ColumnDraft column = ColumnDraft.of("c", List.of(values.strip().split(";")));
        assertThat(column.as()).isEqualTo(as);
        assertThat(column.format()).isEqualTo(format);
        assertThat(column.open()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "CustomerID, customer_code",
        "KUNDEN_NR, customer_code",
        "PARTNERID, customer_code",
        "SALESORDERID, order_no",
        "InvoiceDate, order_date",
        "Articles, product",
    })
    void namesThatMeanOneThingHaveTheSameWords(String name, String silver) {
        assertThat(Names.words(name)).isEqualTo(Names.words(silver));
    }
}
