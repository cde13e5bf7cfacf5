package io.millrace.decisions.reorder;

import io.millrace.decisions.inventory.DemandDistribution;
import java.util.Optional;

/**
 * A line with its policy, before it is known what others ask for.
 *
 * @param alone  units that the policy alone would order tonight
 * @param wanted units that are asked for, together with other lines of the supplier
 */
record PlannedLine(ReorderLine line, DemandMoments moments, ClassicalPolicy policy, double alone, double wanted) {

    /** The same line with another policy. */
    PlannedLine with(ClassicalPolicy other) {
        return new PlannedLine(line, moments, other, alone, wanted);
    }

    /** What one lot of the policy costs. */
    double lotValue() {
        return policy.levels().lot() * line.costs().unitCost();
    }

    OrderRule rule() {
        return OrderRule.of(policy.levels(), line.lot());
    }

    /** The position tonight; NaN where nobody counts the stock. */
    static double position(ReorderLine line) {
        return line.stock().isKnown() ? line.stock().position() : Double.NaN;
    }

    private double spare() {
        return line.stock().isKnown() ? line.stock().position() - moments.leadTimeMean() : 0;
    }

    /** Room that is taken without an order of tonight. */
    double standing() {
        return line.volume() * Math.max(0, spare());
    }

    Claim claim() {
        return new Claim(
                line.product(),
                line.site(),
                line.supplier(),
                line.costs().unitCost(),
                line.volume(),
                spare(),
                wanted,
                line.lot(),
                saved());
    }

    private double[] saved() {
        int count = 0;
        for (double quantity = 0; quantity < wanted; quantity = Claim.next(quantity, wanted, line.lot())) {
            count++;
        }
        double[] saved = new double[count];
        DemandDistribution exposure = policy.exposure();
        double loss = exposure.loss(line.stock().position());
        double quantity = 0;
        for (int step = 0; step < count; step++) {
            quantity = Claim.next(quantity, wanted, line.lot());
            double after = exposure.loss(line.stock().position() + quantity);
            saved[step] = policy.shortageCost() * Math.max(0, loss - after);
            loss = after;
        }
        return saved;
    }

    Optional<Constraint> binding(Grant grant) {
        if (grant.cutBy() != null) {
            return Optional.of(grant.cutBy());
        }
        if (wanted != alone) {
            return Optional.of(Constraint.SUPPLIER_MINIMUM);
        }
        if (grant.quantity() == 0) {
            return Optional.empty();
        }
        if (line.lot().minimum() > 0
                && policy.levels().lot() == line.lot().roundUp(line.lot().minimum())) {
            return Optional.of(Constraint.MINIMUM_QUANTITY);
        }
        double missing = policy.levels().orderUpTo() - line.stock().position();
        return grant.quantity() > missing * (1 + 1e-9) ? Optional.of(Constraint.PACK) : Optional.empty();
    }
}
