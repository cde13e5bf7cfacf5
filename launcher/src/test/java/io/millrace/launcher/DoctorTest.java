package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor says of mappings, on a machine where no night has run. */
class DoctorTest {

    private static final String TEST = """
            about: Three pieces.
            date: 2026-02-28
            rows:
              line:
                - {no: A, qty: 3}
            expect:
              sales_line:
                - {order_no: A, quantity: 3}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void configuration() throws IOException {
        Files.createDirectories(folder.resolve("drop"));
        write(
                "millrace.yaml",
                "home: %s%nsources:%n  till: {system: desk, drop: %s}%n"
                        .formatted(folder.resolve("home"), folder.resolve("drop")));
        write("sources/desk/source.yaml", """
                about: A desk.
                kind: files
                tables:
                  line: {key: [no], columns: {no: {required: true}, qty: {as: number}}}
                fills:
                  sales_line: {from: line}
                  product: {from: line, derived: true}
                """);
        write("sources/desk/sales_line.sql", """
                SELECT _row, no AS order_no, '1' AS line_no, DATE'2026-02-27' AS order_date, 'P' AS product_code,
                       qty AS quantity, 'done' AS status
                FROM line""");
        write(
                "sources/desk/product.sql",
                "SELECT max(_row) AS _row, 'P' AS product_code, 'A thing' AS name, 'piece' AS unit FROM line HAVING count(*) > 0");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve("conf").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Launch.Result doctor(String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "--conf";
        words[1] = folder.resolve("conf").toString();
        words[2] = "doctor";
        System.arraycopy(more, 0, words, 3, more.length);
        Launch.Result result = Launch.here(words);
        assertThat(folder.resolve("home")).as("nothing is made").doesNotExist();
        return result;
    }

    @Test
    void aWrongColumnIsFoundBeforeAnyNight() throws IOException {
        Launch.Result sound = doctor();
        assertThat(sound.code()).as(sound.out()).isZero();
        assertThat(sound.out()).contains("ok    SELECTs of desk        2 are understood");

        write("sources/desk/product.sql", "SELECT max(_row) AS _row, max(art) AS product_code\nFROM line");
        write("sources/desk/sales_line.sql", "SELECT _row,\n no AS order_no, quantity\nFROM line");
        Launch.Result wrong = doctor();
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.out())
                .contains(
                        "FAIL  SELECTs of desk ",
                        "desk/sales_line.sql:2: ",
                        "`quantity`",
                        "desk/product.sql:1: ",
                        "`art`")
                .contains("ok    drop of till");
    }

    @Test
    void aDraftPassesIfNothingIsLeftOpenAndSaysWhatIsOtherwise() throws IOException {
        Path files = Files.createDirectories(folder.resolve("files"));
        Path sales = files.resolve("sales.csv");
        String from = files.toString();
        String conf = folder.resolve("conf").toString();
        Files.writeString(sales, "invoice;date;product;qty\n1;28.02.2026;A;2,5\n2;27.02.2026;B;1\n");
        Launch.Result drafted = Launch.here("--conf", conf, "init", "source", "bons", "--from", from);
        assertThat(drafted.code()).as(drafted.err()).isZero();
        assertThat(drafted.out()).contains("Nothing is left open", "bons/sales_line.sql", "{system: bons,");
        assertThat(Launch.here("--conf", conf, "init", "source", "bons", "--from", from)
                        .code())
                .as("what is there is not written over")
                .isEqualTo(2);
        write(
                "millrace.yaml",
                Files.readString(folder.resolve("conf/millrace.yaml")).replace("desk", "bons"));
        Launch.Result sound = doctor();
        assertThat(sound.code()).as(sound.out()).isZero();
        assertThat(sound.out()).contains("ok    SELECTs of bons        1 are understood");

        Files.writeString(sales, "invoice;date;product\n1;02.02.2026;A\n");
        assertThat(Launch.here("--conf", conf, "init", "source", "open", "--from", from)
                        .out())
                .contains("1 question is left open");
        write(
                "millrace.yaml",
                Files.readString(folder.resolve("conf/millrace.yaml")).replace("bons", "open"));
        Launch.Result asks = doctor();
        assertThat(asks.code()).isEqualTo(3);
        assertThat(asks.out()).contains("open/sales_line.sql:8: is left open", "which column is it? Units in");
        Launch.Result nowhere = Launch.here("--conf", conf, "init", "source", "x", "--from", "/nowhere/at/all");
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("is no folder");
    }

    @Test
    void testsOfAMappingPassOrSayWhatDiffers() throws IOException {
        write("sources/desk/tests/three.yaml", TEST);
        Launch.Result passes = doctor("--test");
        assertThat(passes.code()).as(passes.out()).isZero();
        assertThat(passes.out()).contains("ok    test desk/tests/three.yaml", "Three pieces.");

        write("sources/desk/tests/four.yaml", TEST.replace("quantity: 3", "quantity: 4"));
        Launch.Result differs = doctor("--test", "till");
        assertThat(differs.code()).isEqualTo(4);
        assertThat(differs.out())
                .contains("ok    test desk/tests/three.yaml", "FAIL  test desk/tests/four.yaml")
                .contains("silver.sales_line: order_no A, line_no 1: quantity: expected 4, found 3.000");
    }

    @Test
    void testsThatAreNotThereAreWrongUsage() {
        Launch.Result nobody = doctor("--test", "tll");
        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).contains("There is no source 'tll' (did you mean 'till'?)");
        Launch.Result none = doctor("--test");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("There is no test to run");
    }
}
