package io.millrace.nightly.publish;

/** Where a decision stands. Millrace writes {@link #NEW} and {@link #SUPERSEDED}; the ERP writes the others. */
public enum RowState {
    /** Waits for the ERP. */
    NEW,
    /** Accepted by the ERP; never changed by Millrace again. */
    ACCEPTED,
    /** Refused by the ERP; never changed by Millrace again. */
    REJECTED,
    /** No longer part of the plan, and the ERP had not decided it. */
    SUPERSEDED;

    /** True if the ERP has spoken. */
    public boolean isDecided() {
        return this == ACCEPTED || this == REJECTED;
    }
}
