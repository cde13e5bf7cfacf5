package io.millrace.decisions.reorder;

import java.io.Serializable;

/**
 * What a line may order after all lines were looked at together.
 *
 * @param quantity units, 0 or more
 * @param cutBy    the limit that refused the rest; null if all that was asked for is granted
 */
public record Grant(double quantity, Constraint cutBy) implements Serializable {

    /** All that a line asks for. */
    static Grant all(double wanted) {
        return new Grant(wanted, null);
    }
}
