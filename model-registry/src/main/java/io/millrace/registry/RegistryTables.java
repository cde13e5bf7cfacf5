package io.millrace.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.contracts.Failure;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The registry's two tables, read once and kept: they are small, and a Spark job for each question is dear. What is
 * written through here is kept too.
 */
final class RegistryTables {

    private static final String VERSIONS = "ops.model_version";
    private static final String ALIASES = "ops.model_alias";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Comparator<ModelVersion> BY_VERSION =
            Comparator.comparing(ModelVersion::name).thenComparing(ModelVersion::version);
    private static final Comparator<Promotion> BY_SEQUENCE =
            Comparator.comparing(Promotion::name).thenComparing(Promotion::sequence);

    private final Lake lake;
    private List<ModelVersion> versions;
    private List<Promotion> promotions;

    RegistryTables(Lake lake) {
        this.lake = lake;
    }

    /** Every version, by name and version. */
    List<ModelVersion> versions() {
        if (versions == null) {
            versions = new ArrayList<>(lake.read(VERSIONS).collectAsList().stream()
                    .map(RegistryTables::version)
                    .toList());
            versions.sort(BY_VERSION);
        }
        return versions;
    }

    /** Every decision, by name and sequence. */
    List<Promotion> promotions() {
        if (promotions == null) {
            promotions = new ArrayList<>(lake.read(ALIASES).collectAsList().stream()
                    .map(RegistryTables::promotion)
                    .toList());
            promotions.sort(BY_SEQUENCE);
        }
        return promotions;
    }

    void add(ModelVersion v) {
        List<ModelVersion> known = versions();
        Provenance from = v.provenance();
        append(
                VERSIONS,
                v.name(),
                v.version(),
                RowFactory.create(
                        v.name(),
                        v.version(),
                        Timestamp.from(v.createdAt()),
                        Date.valueOf(from.businessDate()),
                        json(v.params()),
                        json(v.metrics()),
                        from.seed(),
                        json(from.dataVersions()),
                        v.artefactHash(),
                        v.artefactBytes(),
                        from.codeVersion(),
                        from.runId()));
        known.add(v);
        known.sort(BY_VERSION);
    }

    void add(Promotion p) {
        List<Promotion> known = promotions();
        append(
                ALIASES,
                p.name(),
                p.sequence(),
                RowFactory.create(
                        p.name(),
                        p.sequence(),
                        p.alias(),
                        p.version(),
                        p.action().text(),
                        Timestamp.from(p.decidedAt()),
                        Date.valueOf(p.businessDate()),
                        p.reason(),
                        p.runId()));
        known.add(p);
        known.sort(BY_SEQUENCE);
    }

    /** Delta skips a number that another process has used, which must not pass for a write of ours. */
    private void append(String table, String model, int number, Row row) {
        long before = Math.max(0, lake.versions().latest(table));
        long after = lake.appendRows(table, List.of(row), new Once("registry/" + table + "/" + model, number));
        if (after == before) {
            versions = null;
            promotions = null;
            throw Failure.locked("Another process wrote entry %d of %s in %s at the same time. Run the command again"
                    .formatted(number, model, table));
        }
    }

    private static ModelVersion version(Row row) {
        return new ModelVersion(
                row.getAs("model_name"),
                row.<Integer>getAs("version"),
                row.<Timestamp>getAs("created_at").toInstant(),
                parse(row.getAs("params"), new TypeReference<TreeMap<String, String>>() {}),
                parse(row.getAs("metrics"), new TypeReference<TreeMap<String, Double>>() {}),
                row.getAs("artefact_hash"),
                row.<Long>getAs("artefact_bytes"),
                new Provenance(
                        row.<Date>getAs("business_date").toLocalDate(),
                        row.getAs("run_id"),
                        row.getAs("code_version"),
                        row.<Long>getAs("seed"),
                        parse(row.getAs("data_versions"), new TypeReference<TreeMap<String, Long>>() {})));
    }

    private static Promotion promotion(Row row) {
        return new Promotion(
                row.getAs("model_name"),
                row.<Integer>getAs("sequence"),
                row.<Integer>getAs("version"),
                Promotion.Action.of(row.getAs("action")),
                row.<Timestamp>getAs("decided_at").toInstant(),
                row.<Date>getAs("business_date").toLocalDate(),
                row.getAs("reason"),
                row.getAs("run_id"));
    }

    private static String json(Map<String, ?> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of plain values has no JSON form: " + map, e);
        }
    }

    private static <T> T parse(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw Failure.data("The registry holds a value that is not JSON: " + json);
        }
    }
}
