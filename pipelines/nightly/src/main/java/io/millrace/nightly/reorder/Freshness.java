package io.millrace.nightly.reorder;

import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what a plan rests on from day to day was delivered lately, table by table: a source that sends its sales every night and
 * its stock no more is not silent, and its shelves are not what they were.
 */
final class Freshness {

    private static final Map<String, String> WORDS = Map.of(
            "silver.stock_level",
            "stock levels",
            "silver.purchase_line",
            "orders to suppliers",
            "silver.reorder_rule",
            "rules");

    private Freshness() {}

    /** Why the plan is refused, or empty if its tables are fresh, or were never delivered at all. */
    static Optional<String> doubt(NightTables in, Settings settings) {
        for (String table : List.of("silver.stock_level", "silver.purchase_line", "silver.reorder_rule")) {
            for (Map.Entry<String, LocalDate> newest : in.delivered(table).entrySet()) {
                Settings.Source source = settings.sources().get(newest.getKey());
                long days = source.staleAfter().toDays();
                if (newest.getValue().plusDays(days).isBefore(in.date())) {
                    return Optional.of(
                            "the %s of source %s are of %s, more than %d days before (sources.%s.stale-after)"
                                    .formatted(
                                            WORDS.get(table),
                                            newest.getKey(),
                                            newest.getValue(),
                                            days,
                                            newest.getKey()));
                }
            }
        }
        return Optional.empty();
    }
}
