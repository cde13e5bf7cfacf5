package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the ERP does by itself: at a position at or below the reorder point it fills up to a level or orders a fixed lot.
 *
 * @param reorderPoint units
 * @param orderUpTo    level to fill to; wins where both are given
 * @param lot          quantity of an order, above 0
 */
public record PresentRule(double reorderPoint, OptionalDouble orderUpTo, OptionalDouble lot) {

    /** Refuses a rule that says when to order and not how much. */
    public PresentRule {
        Require.finite("reorder point of the present rule", reorderPoint);
        Require.that(
                orderUpTo.isPresent() || lot.isPresent(),
                "the present rule orders at %s but says neither up to which level nor which lot; give one of them",
                reorderPoint);
        orderUpTo.ifPresent(level -> Require.that(
                level >= reorderPoint,
                "the present rule fills up to %s, below its reorder point %s",
                level,
                reorderPoint));
        lot.ifPresent(quantity -> Require.positive("lot of the present rule", quantity));
    }

    /**
     * A rule as an ERP keeps it. A level that is the reorder point itself is a rule as well: whatever is missing of it is
     * ordered at once.
     *
     * @param lot quantity of an order; 0 or empty if there is none
     * @return empty if there is no reorder point, or nothing says how much to order
     */
    public static Optional<PresentRule> known(OptionalDouble point, OptionalDouble upTo, OptionalDouble lot) {
        if (point.isEmpty()) {
            return Optional.empty();
        }
        double at = point.getAsDouble();
        boolean hasLot = lot.orElse(0) > 0;
        if (upTo.isPresent() && (upTo.getAsDouble() > at || upTo.getAsDouble() == at && !hasLot)) {
            return Optional.of(fillingTo(at, upTo.getAsDouble()));
        }
        return hasLot ? Optional.of(ofLot(at, lot.getAsDouble())) : Optional.empty();
    }

    /** A rule that fills up to a level. */
    public static PresentRule fillingTo(double reorderPoint, double orderUpTo) {
        return new PresentRule(reorderPoint, OptionalDouble.of(orderUpTo), OptionalDouble.empty());
    }

    /** A rule that orders a fixed lot, or several at once when one does not lift the position above the reorder point. */
    public static PresentRule ofLot(double reorderPoint, double lot) {
        return new PresentRule(reorderPoint, OptionalDouble.empty(), OptionalDouble.of(lot));
    }
}
