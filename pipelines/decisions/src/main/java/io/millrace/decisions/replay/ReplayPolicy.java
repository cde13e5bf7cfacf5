package io.millrace.decisions.replay;

/** Ways to reorder that are replayed side by side. */
public enum ReplayPolicy {
    /** The ERP's rule as it was before Millrace; the moving average where it had none. */
    ERP_BEFORE("erp-before"),
    /** Reorder point and cover from a moving average, recomputed on each date as ERPs do. */
    MOVING_AVERAGE("moving-average"),
    /** That reorder point with an economic lot. */
    MOVING_AVERAGE_EOQ("moving-average-eoq"),
    /** The classical plan, as the night decides. */
    CLASSICAL("classical"),
    /** The least cost of anybody who knew all demand and all lead times; the bound. */
    PERFECT_FORESIGHT("perfect-foresight");

    private final String label;

    ReplayPolicy(String label) {
        this.label = label;
    }

    /** The name in tables and files. */
    public String label() {
        return label;
    }
}
