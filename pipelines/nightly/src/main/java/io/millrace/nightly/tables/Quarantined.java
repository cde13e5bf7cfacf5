package io.millrace.nightly.tables;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.TableContract;
import io.millrace.nightly.plan.Extract;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A row that is in quarantine, and of which no later delivery has told: what the lake knows of its entity is what was known before.
 *
 * @param table  table of silver that would have taken it
 * @param entity codes that could be read from it, by column
 * @param reason what is wrong with it
 * @param file   file or query that delivered it, or null
 * @param line   line of the file, or ordinal in the answer
 */
public record Quarantined(String table, Map<String, String> entity, String reason, String file, long line)
        implements Serializable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The code in a column, where the row had one. */
    public Optional<String> code(String column) {
        return Optional.ofNullable(entity.get(column));
    }

    /** The table, the place and the reason, as the end of a sentence. */
    public String sentence() {
        String place = file == null ? "row " + line : file.substring(file.lastIndexOf('/') + 1) + " line " + line;
        return "%s of %s: %s".formatted(place, table, reason);
    }

    /**
     * Rows that stand in quarantine. A row is settled by a later delivery that tells of everything, or by a good row of the same key
     * in another extract of that day or a later one.
     *
     * @param extracts every extract that the ledger knows
     */
    static List<Quarantined> of(
            NightTables in, List<String> tables, ContractCatalog contracts, Collection<Extract> extracts) {
        Set<String> open = open(in, extracts);
        if (open.isEmpty()) {
            return List.of();
        }
        Dataset<Row> waiting = in.table("ops.quarantine")
                .filter(col("table_name").isInCollection(tables))
                .filter(col("extract_id").isInCollection(open))
                .filter(col("entity").isNotNull())
                .filter(col("redriven_on").isNull());
        List<Quarantined> rows = new ArrayList<>();
        // Most nights have none, and then the tables themselves are not looked at.
        for (Row table :
                waiting.select("table_name").distinct().orderBy("table_name").collectAsList()) {
            rows.addAll(of(in, contracts.get(table.getString(0)), waiting));
        }
        return rows;
    }

    private static List<Quarantined> of(NightTables in, TableContract contract, Dataset<Row> waiting) {
        String same = contract.key().stream()
                .filter(c -> !c.equals(contract.eventTime()) && !c.equals("valid_from"))
                .map(c -> "CAST(s.`%1$s` AS string) = get_json_object(q.entity, '$.%1$s')".formatted(c))
                .collect(Collectors.joining(" AND "));
        Map<String, Dataset<Row>> rows = Map.of("waiting", waiting, "known", in.history(contract.name()));
        String statement = """
                SELECT q.entity, q.reason, q.file, q.line FROM {waiting} q
                WHERE q.table_name = '%s' AND NOT EXISTS (
                  SELECT 1 FROM {known} s
                  WHERE s.source = q.source AND s._business_date >= q.business_date AND s._extract_id <> q.extract_id AND %s)
                ORDER BY q.business_date, q.file, q.line""";
        return in.sql(statement.formatted(contract.name(), same), rows).collectAsList().stream()
                .map(r -> new Quarantined(
                        contract.name(), entity(r.getString(0)), r.getString(1), r.getString(2), r.getLong(3)))
                .toList();
    }

    /** Extracts up to the night's date after which nothing was delivered that tells of every row of their table. */
    private static Set<String> open(NightTables in, Collection<Extract> extracts) {
        String night = in.date().toString();
        List<Extract> known = extracts.stream()
                .filter(e ->
                        e.state() == Extract.State.REFINED && e.businessDate().compareTo(night) <= 0)
                .toList();
        // The newest delivery that tells of everything: of a table, and of a file, which may be one of several parts.
        Map<List<String>, String> newest = new HashMap<>();
        Map<List<String>, Long> replaced = new HashMap<>();
        known.stream().filter(e -> !e.mode().equals("delta")).forEach(e -> {
            newest.merge(List.of(e.source(), e.table()), e.businessDate(), (x, y) -> x.compareTo(y) > 0 ? x : y);
            replaced.merge(part(e), e.delivery(), Math::max);
        });
        Set<String> open = new LinkedHashSet<>();
        for (Extract e : known) {
            boolean told =
                    newest.getOrDefault(List.of(e.source(), e.table()), "").compareTo(e.businessDate()) > 0
                            || replaced.getOrDefault(part(e), 0L) > e.delivery();
            if (!told) {
                open.add(e.id());
            }
        }
        return open;
    }

    private static List<String> part(Extract e) {
        return List.of(e.source(), e.table(), e.businessDate(), e.location());
    }

    private static Map<String, String> entity(String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("ops.quarantine.entity is no JSON object", e);
        }
    }
}
