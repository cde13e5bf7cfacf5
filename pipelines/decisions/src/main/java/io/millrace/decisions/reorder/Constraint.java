package io.millrace.decisions.reorder;

import java.util.Locale;

/** What made tonight's order of a line another one than its policy alone would place. */
public enum Constraint {
    /** Money for tonight's orders. */
    BUDGET,
    /** Room at the site. */
    CAPACITY,
    /** The least value that the supplier accepts of all lines together: it filled the order up, or made it wait. */
    SUPPLIER_MINIMUM,
    /** The least quantity that the supplier accepts of the product. */
    MINIMUM_QUANTITY,
    /** Whole packs. */
    PACK;

    /** The name in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
