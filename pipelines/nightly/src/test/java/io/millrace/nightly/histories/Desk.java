package io.millrace.nightly.histories;

import io.millrace.nightly.histories.Step.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tables of a small system: a table with history, one without, one whose rows have a name of their own, and one that is looked up. */
enum Desk {
    ART("art", "silver.product", "id,price") {
        @Override
        String csv(Said s) {
            return switch (s.kind()) {
                case GOOD, GONE -> s.id() + "," + s.value();
                case BAD -> s.id() + ",x" + s.value();
                case KEYLESS -> "," + s.value();
                case MALFORMED -> s.id() + "," + s.value() + ",,";
            };
        }
    },
    TERM("term", "silver.supplier_product", "id,price") {
        @Override
        String csv(Said s) {
            return ART.csv(s);
        }
    },
    LINE("line", "silver.sales_line", "id,no,quantity,op") {
        @Override
        String csv(Said s) {
            return switch (s.kind()) {
                case GOOD -> s.id() + "," + s.key() + "," + s.value() + ",";
                case GONE -> s.id() + "," + s.key() + "," + s.value() + ",X";
                case BAD -> s.id() + "," + s.key() + ",x" + s.value() + ",";
                case KEYLESS -> s.id() + ",," + s.value() + ",";
                case MALFORMED -> s.id() + "," + s.key();
            };
        }
    },
    HEAD("head", null, "no,day") {
        @Override
        String csv(Said s) {
            return s.kind() == Step.Kind.MALFORMED ? s.id() : s.id() + ",2026-01-0" + s.value();
        }
    };

    /** Those that deliver, in the order in which their word counts. */
    static final List<String> SOURCES = List.of("shop", "web");

    private static final String SYSTEM = """
            about: A desk.
            kind: files
            tables:
              art:
                key: [id]
                columns: {id: {required: true}, price: {as: number}}
              term:
                key: [id]
                columns: {id: {required: true}, price: {as: number}}
              line:
                key: [id]
                columns: {id: {required: true}, no: {required: true}, quantity: {as: number}, op: {}}
                operation: "CASE WHEN op = 'X' THEN 'D' ELSE 'U' END"
              head:
                key: [no]
                columns: {no: {required: true}, day: {as: date}}
            fills:
              product: {from: art}
              supplier_product: {from: term}
              sales_line: {from: line, also: {head: [no]}}
            """;

    private final String table;
    private final String silver;
    private final String header;

    Desk(String table, String silver, String header) {
        this.table = table;
        this.silver = silver;
        this.header = header;
    }

    String table() {
        return table;
    }

    /** The table that it fills, or null if it is only looked up. */
    String silver() {
        return silver;
    }

    String header() {
        return header;
    }

    /** A row as it is delivered. */
    abstract String csv(Said said);

    static void describe(Path home, Step.Mapping mapping) throws IOException {
        Path folder = Files.createDirectories(home.resolve("conf/sources/desk"));
        Files.writeString(folder.resolve("source.yaml"), SYSTEM);
        String lost = mapping == Step.Mapping.LOSING ? " WHERE price IS DISTINCT FROM '2'" : "";
        Files.writeString(
                folder.resolve("product.sql"),
                "SELECT _row, id AS product_code, %s AS list_price FROM art%s"
                        .formatted(times(mapping, "price"), lost));
        Files.writeString(
                folder.resolve("supplier_product.sql"),
                "SELECT _row, 'S' AS supplier_code, id AS product_code, %s AS unit_price FROM term%s"
                        .formatted(times(mapping, "price"), lost));
        Files.writeString(folder.resolve("sales_line.sql"), """
                SELECT line._row, line.no AS order_no, '1' AS line_no, coalesce(day, '2026-01-01') AS order_date,
                       'P1' AS product_code, %s AS quantity, 1 AS unit_price, 1 AS amount, 'done' AS status
                FROM line LEFT JOIN head ON head.no = line.no
                """.formatted(times(mapping, "quantity")));
    }

    /** A number times a factor; what is none is passed on as it is. */
    private static String times(Step.Mapping mapping, String column) {
        return "coalesce(CAST(%d * try_cast(%2$s AS decimal(18, 4)) AS string), %2$s)"
                .formatted(mapping.factor(), column);
    }
}
