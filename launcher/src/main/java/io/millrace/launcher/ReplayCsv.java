package io.millrace.launcher;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.millrace.nightly.simulate.ItemLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A replay item by item, as CSV. */
final class ReplayCsv {

    private static final List<String> HEADER = List.of(
            "product_code",
            "site_code",
            "policy",
            "since",
            "unit_cost",
            "cost",
            "holding",
            "shortage",
            "ordering",
            "model_price",
            "demand",
            "missed",
            "orders",
            "ordered",
            "start_stock",
            "end_stock",
            "end_on_order",
            "erp_rule",
            "start_known",
            "days_seen",
            "days_empty",
            "units_sold_on_empty");

    private ReplayCsv() {}

    static void write(Path file, List<ItemLine> lines) throws IOException {
        try (CsvWriter out = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file)) {
            out.writeRecord(HEADER);
            for (ItemLine l : lines) {
                out.writeRecord(
                        l.product(),
                        l.site(),
                        l.policy().label(),
                        String.valueOf(l.since()),
                        decimals(4, l.unitCost()),
                        decimals(2, l.cost().total()),
                        decimals(2, l.cost().holding()),
                        decimals(2, l.cost().shortage()),
                        decimals(2, l.cost().ordering()),
                        decimals(2, l.modelPrice().total()),
                        decimals(3, l.demand()),
                        decimals(3, l.missed()),
                        String.valueOf(l.orders()),
                        decimals(3, l.ordered()),
                        decimals(3, l.startStock()),
                        decimals(3, l.endStock()),
                        decimals(3, l.endOnOrder()),
                        String.valueOf(l.hasRule()),
                        String.valueOf(l.startKnown()),
                        String.valueOf(l.seenDays()),
                        String.valueOf(l.emptyDays()),
                        decimals(3, l.emptyUnits()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String decimals(int places, double value) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
