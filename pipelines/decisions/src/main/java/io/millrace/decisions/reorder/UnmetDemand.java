package io.millrace.decisions.reorder;

/** What becomes of demand that finds no stock. */
public enum UnmetDemand {
    /** It waits for the next receipt, and is served before what comes later. */
    BACKORDER,
    /** It goes elsewhere. */
    LOST
}
