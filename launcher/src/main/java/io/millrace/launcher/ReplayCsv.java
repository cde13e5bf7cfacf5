package io.millrace.launcher;

import io.millrace.nightly.simulate.ItemLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A replay item by item, as CSV. */
final class ReplayCsv {

    private static final String HEADER =
            "product_code,site_code,policy,since,unit_cost,cost,holding,shortage,ordering,model_price,demand,missed,orders,"
                    + "ordered,start_stock,end_stock,end_on_order,erp_rule,start_known,days_seen,days_empty,units_sold_on_empty";

    private ReplayCsv() {}

    static void write(Path file, List<ItemLine> lines) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            out.print(HEADER + "\n");
            for (ItemLine l : lines) {
                out.print(String.format(
                        Locale.ROOT,
                        "%s,%s,%s,%s,%.4f,%.2f,%.2f,%.2f,%.2f,%.2f,%.3f,%.3f,%d,%.3f,%.3f,%.3f,%.3f,%b,%b,%d,%d,%.3f\n",
                        quoted(l.product()),
                        quoted(l.site()),
                        l.policy().label(),
                        l.since(),
                        l.unitCost(),
                        l.cost().total(),
                        l.cost().holding(),
                        l.cost().shortage(),
                        l.cost().ordering(),
                        l.modelPrice().total(),
                        l.demand(),
                        l.missed(),
                        l.orders(),
                        l.ordered(),
                        l.startStock(),
                        l.endStock(),
                        l.endOnOrder(),
                        l.hasRule(),
                        l.startKnown(),
                        l.seenDays(),
                        l.emptyDays(),
                        l.emptyUnits()));
            }
            if (out.checkError()) {
                throw new IOException(file + " could not be written to its end");
            }
        }
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
