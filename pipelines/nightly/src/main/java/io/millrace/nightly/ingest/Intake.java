package io.millrace.nightly.ingest;

import io.millrace.contracts.source.SourceSystem;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One source's way in. */
interface Intake {

    /**
     * Text that changes when there is something to take in, without taking it in.
     */
    String pending();

    /** Looks at what is there, notes each extract in the ledger, and says which are to be landed. */
    List<Accepted> accept();

    /** What is there and is not looked at, so that nobody takes it for delivered. */
    default List<String> leftAlone() {
        return List.of();
    }

    /** What {@link #accept} refused, file and reason. */
    List<String> refusals();

    /**
     * An extract with the columns it has and the parts it is read in.
     *
     * @param unknown bronze columns that the source's description does not know
     * @param retried it was accepted before and never seen to land; its rows may be there
     */
    record Accepted(Extract extract, List<String> unknown, boolean retried, Parts parts) {}

    /** What an extract is read in, once the bronze columns are known. */
    interface Parts {
        List<Split> of(List<String> bronzeColumns);

        /**
         * What else became of the source's rows, found by comparing all of them.
         *
         * @param notations columns of bronze with a notation of their own
         */
        default Optional<Compared> compared(List<String> bronzeColumns, Set<String> notations) {
            return Optional.empty();
        }
    }

    /** @param kept what Spark keeps until the rows are written */
    record Compared(Dataset<Row> rows, Dataset<Row> kept) {}

    /** The way in that the source's system asks for. */
    static Intake of(Night night, String name, Settings.Source source, SourceSystem system) {
        return system.kind() == SourceSystem.Kind.FILES
                ? new FileIntake(night, name, source, system)
                : new JdbcIntake(night, name, source, system);
    }

    /** First 24 hex digits of the SHA-256 over the parts. */
    static String id(String... parts) {
        return DigestUtils.sha256Hex(String.join("\u001f", parts)).substring(0, 24);
    }

    static int[] targets(List<String> columns, List<String> bronzeColumns) {
        return columns.stream().mapToInt(bronzeColumns::indexOf).toArray();
    }
}
