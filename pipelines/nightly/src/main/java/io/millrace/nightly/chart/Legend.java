package io.millrace.nightly.chart;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;

/** The legend of a chart that stands alone. On a page it is a list of the page. */
final class Legend {

    private static final double SIDE = 10;

    private Legend() {}

    static LegendItemCollection of(List<Chart.Key> keys) {
        LegendItemCollection items = new LegendItemCollection();
        keys.forEach(key -> items.add(new LegendItem(
                key.name(),
                null,
                null,
                null,
                new Rectangle2D.Double(0, 0, SIDE, SIDE),
                key.ink().colour())));
        return items;
    }
}
