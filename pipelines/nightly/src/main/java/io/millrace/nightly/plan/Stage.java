package io.millrace.nightly.plan;

import io.millrace.contracts.Failure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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

    /**
     * What stands now of a table that it writes outside the lake: a number that grows with every write and falls where something is lost.
     * Empty for tables of the lake, which have versions of their own.
     */
    default OptionalLong stands(Night night, String table) {
        return OptionalLong.empty();
    }

    /** Does the work. What it throws costs whatever reads what it writes, and nothing else. */
    Outcome run(Night night);

    /**
     * Which of its tables this stage cannot bring up to date while some of what it reads is missing. A stage that names all
     * that it writes, as here, is not started; one that goes table by table names those that rest on what is missing.
     *
     * @param missing tables among its inputs that nobody could bring up to date this night, at least one
     */
    default Set<String> lacks(Night night, Set<String> missing) {
        return Set.copyOf(writes());
    }

    /**
     * What a stage did.
     *
     * @param rowsIn          rows that it took in
     * @param rowsOut         rows that it wrote
     * @param rowsQuarantined rows that it set aside
     * @param note            one line for whoever watches, or empty
     * @param refused         what it had to leave out of its work
     */
    record Outcome(long rowsIn, long rowsOut, long rowsQuarantined, String note, Optional<Refused> refused) {

        public Outcome(long rowsIn, long rowsOut, long rowsQuarantined, String note) {
            this(rowsIn, rowsOut, rowsQuarantined, note, Optional.empty());
        }

        public static Outcome of(long rowsIn, long rowsOut, String note) {
            return new Outcome(rowsIn, rowsOut, 0, note);
        }

        /** The same work with something left out. */
        public Outcome but(Refused left) {
            return new Outcome(rowsIn, rowsOut, rowsQuarantined, note, Optional.of(left));
        }
    }

    /**
     * A part that a stage refused while it did the rest.
     *
     * @param why    the failure that the run ends with
     * @param tables tables that are not up to date because of it
     */
    record Refused(Failure why, Set<String> tables) {}
}
