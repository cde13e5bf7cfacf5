package io.millrace.nightly.refine;

import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.Fill;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.lake.Lake;
import io.millrace.nightly.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The SELECTs of a source system before they have a row to read. */
public final class Mappings {

    private Mappings() {}

    /**
     * What Spark does not understand of a system's SELECTs, and what they give that a table of silver does not take: what a night would
     * refuse whatever the rows are.
     *
     * @param lake whose tables the SELECTs are analysed on; an empty one does
     * @return failures of kind CONFIGURATION, at most one for each SELECT
     */
    public static List<Failure> failures(Lake lake, Settings settings, SourceSystem system) {
        SourceViews views = new SourceViews(lake, "nobody", system, Map.of(), Vanished.NOTHING);
        List<Failure> failures = new ArrayList<>();
        system.fills().forEach((target, fill) -> {
            try {
                checked(lake, settings, views, target, fill);
            } catch (Failure e) {
                failures.add(e);
            }
        });
        return failures;
    }

    /** The rows that a fill would check, of no extract. */
    private static Dataset<Row> checked(Lake lake, Settings settings, SourceViews views, String target, Fill fill) {
        TableContract contract = lake.contracts().get("silver." + target);
        return new RowChecks(lake, contract, Money.of(settings, contract))
                .apply(views.select(target, fill, true, List.of(), List.of(), Map.of()));
    }
}
