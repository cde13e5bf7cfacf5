package io.millrace.decisions.reorder;

import java.io.Serializable;

/**
 * What a line asks of what the lines of a night share, in as few numbers as sharing needs: all that the driver of a large plan ever
 * sees of a line. Some 650 bytes.
 *
 * @param product  product code
 * @param site     site code
 * @param supplier supplier code; may be empty
 * @param unitCost of a unit
 * @param volume   room that a unit takes
 * @param spare    units expected to be there when the order arrives, without it; below 0 if customers will wait
 * @param wanted   units asked for, above 0
 * @param lot      what the supplier accepts
 * @param saved    shortage cost that each step of the order avoids
 */
@SuppressWarnings("ArrayRecordComponent")
public record Claim(
        String product,
        String site,
        String supplier,
        double unitCost,
        double volume,
        double spare,
        double wanted,
        LotTerms lot,
        double[] saved)
        implements Serializable {

    /** Steps into which an order is divided beyond its minimum. */
    private static final int STEPS = 64;

    /** The quantity after one more step; the one asked for if no step is left. */
    static double next(double granted, double wanted, LotTerms lot) {
        double step = Math.max(wanted / STEPS, granted == 0 ? lot.minimum() : 0);
        double packs = lot.pack() * Math.max(1, Math.ceil(step / lot.pack() - 1e-9));
        return Math.min(wanted, granted + packs);
    }

    double next(double granted) {
        return next(granted, wanted, lot);
    }

    /** Room that is taken with an order of so many units. */
    double room(double quantity) {
        return volume * Math.max(0, spare + quantity);
    }
}
