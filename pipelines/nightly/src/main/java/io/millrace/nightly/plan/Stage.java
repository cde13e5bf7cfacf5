package io.millrace.nightly.plan;

import java.util.List;

/**
 * A step of the night: a function of the tables that it reads, the configuration, the business date and the seed.
 * What it declares orders the plan, explains it, and decides whether it has to run.
 */
public interface Stage {

    /** Phase and subject, as in {@code score-churn}. */
    String name();

    /** What it does, in a line of the plan. */
    String about();

    /**
     * Tables that it reads. {@code bronze.*} stands for every table of a database; a table that it writes as well stands
     * for what earlier nights wrote there.
     */
    List<String> reads();

    /** Tables that it writes, in the same notation. */
    List<String> writes();

    /**
     * What beside tables decides its result: the configuration that it heeds, files that wait for it. Cheap to
     * compute and without Spark; it is part of the fingerprint that says whether the stage has to run again.
     */
    String heeds(Night night);

    /** Does the work. */
    Outcome run(Night night);

    /**
     * What a stage did.
     *
     * @param rowsIn          rows that it took in
     * @param rowsOut         rows that it wrote
     * @param rowsQuarantined rows that it set aside
     * @param note            one line for whoever watches, or empty
     */
    record Outcome(long rowsIn, long rowsOut, long rowsQuarantined, String note) {
        public static Outcome of(long rowsIn, long rowsOut, String note) {
            return new Outcome(rowsIn, rowsOut, 0, note);
        }
    }
}
