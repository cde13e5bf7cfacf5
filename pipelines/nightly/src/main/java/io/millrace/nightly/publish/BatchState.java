package io.millrace.nightly.publish;

/** Where a batch stands. Millrace writes {@link #READY} and {@link #SUPERSEDED}; the ERP writes the others. */
public enum BatchState {
    /** Waits for the ERP. */
    READY,
    /** Taken over by the ERP. */
    CONSUMED,
    /** Refused by the ERP as a whole. */
    REJECTED,
    /** Replaced by a later batch of the same kind and business date before the ERP took it. */
    SUPERSEDED
}
