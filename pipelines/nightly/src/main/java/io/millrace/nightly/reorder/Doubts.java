package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.Quarantined;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lines that rest on a row in quarantine. What the plan knows of such a product is what the row before said, or nothing at all,
 * which looks like an empty shelf or like terms that nobody agreed. One line of a thousand sales changes little, so
 * sales in quarantine hold nothing.
 */
final class Doubts implements Serializable {

    /** What an order rests on, a row for each product, site or supplier. */
    private static final List<String> TABLES = List.of(
            "silver.product",
            "silver.stock_level",
            "silver.supplier",
            "silver.supplier_product",
            "silver.purchase_line");

    private final Map<String, List<Quarantined>> byCode = new HashMap<>();

    private Doubts() {}

    static Doubts of(NightTables in) {
        Doubts doubts = new Doubts();
        for (Quarantined row : in.quarantined(TABLES)) {
            String code =
                    row.code("product_code").orElse(row.code("supplier_code").orElse(null));
            if (code != null) {
                doubts.byCode.merge(
                        code,
                        List.of(row),
                        (a, b) -> Stream.of(a, b).flatMap(List::stream).toList());
            }
        }
        return doubts;
    }

    /** Why a line is held, or empty if nothing that it rests on is in quarantine. */
    Optional<String> about(ReorderLine line) {
        return Stream.of(line.product(), line.supplier())
                .flatMap(code -> byCode.getOrDefault(code, List.of()).stream())
                .filter(row -> concerns(row, line))
                .findFirst()
                .map(row -> "it rests on a row in quarantine, " + row.sentence());
    }

    private static boolean concerns(Quarantined row, ReorderLine line) {
        boolean product = row.code("product_code")
                .map(line.product()::equals)
                .orElse(row.code("supplier_code")
                        .filter(line.supplier()::equals)
                        .isPresent());
        return product
                && row.code("site_code")
                        .map(site -> Objects.equals(site, line.site()))
                        .orElse(true);
    }
}
