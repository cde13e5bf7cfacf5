package io.millrace.nightly.refine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.yaml.Problems;
import io.millrace.lake.Lake;
import io.millrace.lake.TestLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every SELECT of a shipped system, before it has a row to read. */
class ShippedSelectsTest {

    @TempDir
    private Path none;

    @ParameterizedTest
    @ValueSource(strings = {"csv", "online-retail", "tryton", "sap"})
    void everyShippedSelectIsUnderstoodAndGuessesNothing(String name) {
        Lake lake = TestLake.get();
        Problems problems = new Problems();
        SourceSystem system = SourceSystem.load(name, none, ContractCatalog.load(), problems);
        problems.refuse(name);
        SourceViews views = new SourceViews(lake, "nobody", system, Map.of(), Vanished.NOTHING);
        assertThat(system.fills()).isNotEmpty();
        system.fills().forEach((target, fill) -> {
            Dataset<Row> selected = views.select(target, fill, true, List.of(), List.of(), Map.of());
            TableContract contract = ContractCatalog.load().get("silver." + target);
            Optional<String> currency = contract.column("currency").map(c -> "EUR");
            assertThat(new RowChecks(lake, contract, currency).apply(selected).columns())
                    .as(name + " fills " + target)
                    .contains("_row", "_rule", "_reason");
        });
    }
}
