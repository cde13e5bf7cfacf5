package io.millrace.nightly.refine;

import io.millrace.contracts.Failure;
import io.millrace.contracts.Rule;
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
                check(lake, settings, views, system, target, fill);
            } catch (Failure e) {
                failures.add(e);
            }
        });
        return failures;
    }

    /** What a night would do with no row, and what it would do with every row of a word that the SELECT gives by itself. */
    private static void check(
            Lake lake, Settings settings, SourceViews views, SourceSystem system, String target, Fill fill) {
        TableContract contract = lake.contracts().get("silver." + target);
        Dataset<Row> mapped = views.select(
                target,
                fill,
                Statements.hasOtherKey(fill, system.tables().get(fill.from()), contract),
                List.of(),
                List.of(),
                Map.of());
        new RowChecks(lake, contract, Money.of(settings, contract)).apply(mapped);
        Words words = new Words(mapped.queryExecution().analyzed());
        List<String> unknown = contract.rules().stream()
                .filter(rule -> rule.kind() == Rule.Kind.ONE_OF)
                .flatMap(rule -> words.of(rule.columns().get(0)).stream()
                        .filter(word -> !rule.values().contains(word))
                        .map(word -> "'%s', but %s".formatted(word, rule.reason())))
                .toList();
        if (!unknown.isEmpty()) {
            throw Failure.configuration(
                    "%s/%s.sql gives %s. Give one of these, or a reason as _reject if such a row is not for silver"
                            .formatted(system.name(), target, String.join(", and ", unknown)));
        }
    }
}
