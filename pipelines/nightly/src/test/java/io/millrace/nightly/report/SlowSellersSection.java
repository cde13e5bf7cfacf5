package io.millrace.nightly.report;

import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import java.util.List;
import org.apache.spark.sql.Row;

/** The section that the page on extending shows; over a table that is there. */
final class SlowSellersSection implements Section {

    @Override
    public String name() {
        return "slow-sellers";
    }

    @Override
    public String title() {
        return "What hardly sells";
    }

    @Override
    public List<String> reads() {
        return List.of("gold.alert");
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Row> slow = night.rows("SELECT subject_code, observed FROM {gold.alert}"
                + " WHERE business_date = :night ORDER BY observed DESC, subject_code LIMIT 100");
        if (slow.isEmpty()) {
            return List.of(new Text("Everything sells."));
        }
        Lines lines =
                Table.of("Products", new Column("Product", Kind.TEXT), new Column("Days without a sale", Kind.COUNT));
        slow.forEach(row -> lines.add(row.get(0), row.get(1)));
        return List.of(lines.all());
    }
}
