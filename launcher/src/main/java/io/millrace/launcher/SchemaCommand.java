package io.millrace.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.source.Fixture;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.features.FeatureViews;
import io.millrace.nightly.settings.SettingsReader;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The keys of a file that users write, as editors want them. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the JSON schema of a file that you write, for editors.",
            "By it an editor completes the keys of a configuration, source, source-test, feature-view or contract, and marks errors.",
            "It has the keys that this version reads."
        })
final class SchemaCommand implements Callable<Integer> {

    /** Files that users write. */
    enum Kind {
        CONFIGURATION(SettingsReader::schema),
        SOURCE(SourceSystem::schema),
        SOURCE_TEST(Fixture::schema),
        FEATURE_VIEW(FeatureViews::schema),
        CONTRACT(ContractCatalog::schema);

        private final Supplier<Map<String, Object>> schema;

        Kind(Supplier<Map<String, Object>> schema) {
            this.schema = schema;
        }

        Map<String, Object> schema() {
            return schema.get();
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    private Kind kind;

    @Override
    public Integer call() throws JsonProcessingException {
        System.out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(kind.schema()));
        return 0;
    }
}
