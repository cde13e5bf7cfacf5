package io.millrace.decisions.replay;

import io.millrace.decisions.Require;
import io.millrace.decisions.reorder.LineCosts;
import io.millrace.decisions.reorder.LotTerms;
import io.millrace.decisions.reorder.PresentRule;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A product at a site, with all that happened to it.
 *
 * @param product    product code
 * @param site       site code
 * @param sales      what was sold, before the first date and after
 * @param deliveries lead times
 * @param costs      as they are known at the end
 * @param lot        what the supplier accepts, as known at the end
 * @param firstRule  the ERP's rule before Millrace
 * @param stock      units there on the first date, on hand less reserved and with what is incoming; empty if nothing tells
 */
public record ReplayItem(
        String product,
        String site,
        Sales sales,
        Deliveries deliveries,
        LineCosts costs,
        LotTerms lot,
        Optional<PresentRule> firstRule,
        OptionalDouble stock) {

    /** Refuses an item without product or site. */
    public ReplayItem {
        Require.text("product code", product);
        Require.text("site code", site);
    }
}
