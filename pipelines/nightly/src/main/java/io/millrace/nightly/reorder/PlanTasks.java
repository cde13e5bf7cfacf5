package io.millrace.nightly.reorder;

import io.millrace.decisions.reorder.Claim;
import io.millrace.decisions.reorder.Grant;
import io.millrace.decisions.reorder.LimitShare;
import io.millrace.decisions.reorder.PlannedGroup;
import io.millrace.decisions.reorder.ReorderDecision;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.ReorderOptions;
import io.millrace.decisions.reorder.ReorderPlanner;
import io.millrace.decisions.reorder.SharedLimits;
import io.millrace.nightly.tables.NightTables;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The plan on executors: the same as {@link ReorderPlanner#plan}, line by line. A task takes the lines of its part one after the
 * other, and all lines of a supplier with a minimum together. The driver sees lines only if money or room is limited, and then of
 * those that ask for something a {@link Claim} each; what is cut goes back to the tasks.
 */
final class PlanTasks {

    /** Tasks for each core, so that one with dear lines does not hold up the others. */
    private static final int TASKS_A_CORE = 4;

    private final NightTables in;
    private final ReorderOptions options;
    private final SharedLimits limits;

    PlanTasks(NightTables in, ReorderOptions options, SharedLimits limits) {
        this.in = in;
        this.options = options;
        this.limits = limits;
    }

    /** Reads a line out of a row that has its product_code, site_code and supplier_code. */
    interface LineReader extends Serializable {
        ReorderLine line(Row fact);
    }

    /** Writes what was decided about the line of a row. */
    interface DecisionWriter extends Serializable {
        Row row(Row fact, ReorderDecision decision);
    }

    /** What a part of the lines asks for. */
    private record Asked(List<Claim> claims, Map<String, Double> standing) implements Serializable {}

    /** Lines of one part, in groups that are planned together. */
    private record Part(Broadcast<LineReader> reader, ReorderOptions options, Map<String, Double> minimums)
            implements Serializable {

        private record Member(Row fact, ReorderLine line) {}

        private record Group(List<Row> facts, PlannedGroup planned) {}

        /** Groups one by one; of lines alone none is kept. */
        Stream<Group> groups(Iterator<Row> facts) {
            Map<String, List<Member>> joint = new TreeMap<>();
            ReorderPlanner planner = new ReorderPlanner(options);
            Stream<Group> alone = stream(facts)
                    .map(fact -> new Member(fact, reader.value().line(fact)))
                    .filter(member -> isAlone(member, joint))
                    .map(member -> group(planner, List.of(member), 0));
            // Suppliers are known only when all lines were seen.
            return Stream.concat(
                    alone,
                    Stream.of(joint)
                            .flatMap(all -> all.entrySet().stream())
                            .map(e -> group(planner, e.getValue(), minimums.get(e.getKey()))));
        }

        private static <T> Stream<T> stream(Iterator<T> items) {
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false);
        }

        private boolean isAlone(Member member, Map<String, List<Member>> joint) {
            String supplier = member.line().supplier();
            if (minimums.getOrDefault(supplier, 0.0) == 0) {
                return true;
            }
            joint.computeIfAbsent(supplier, s -> new ArrayList<>()).add(member);
            return false;
        }

        private static Group group(ReorderPlanner planner, List<Member> members, double minimum) {
            List<Member> sorted = members.stream()
                    .sorted(Comparator.comparing((Member m) -> m.line().product())
                            .thenComparing(m -> m.line().site()))
                    .toList();
            return new Group(
                    sorted.stream().map(Member::fact).toList(),
                    planner.policies(sorted.stream().map(Member::line).toList(), minimum));
        }
    }

    /**
     * Plans lines.
     *
     * @param facts  a row a line
     * @param reader of a row
     * @param schema of the rows that are written
     * @param writer of a row and what was decided about it
     */
    Dataset<Row> decide(Dataset<Row> facts, LineReader reader, StructType schema, DecisionWriter writer) {
        Part part = new Part(in.broadcast(reader), options, new HashMap<>(limits.minimumValues()));
        Dataset<Row> parts = together(facts);
        Broadcast<Map<List<String>, Grant>> cut;
        if (limits.areUpperLimits()) {
            parts = in.cached(parts);
            cut = in.broadcast(cut(parts, part));
        } else {
            cut = in.broadcast(new HashMap<>());
        }
        Broadcast<DecisionWriter> out = in.broadcast(writer);
        MapPartitionsFunction<Row, Row> decided = rows -> {
            ReorderPlanner planner = new ReorderPlanner(part.options());
            return part.groups(rows)
                    .flatMap(group -> {
                        List<ReorderDecision> decisions = planner.decide(
                                group.planned(), line -> cut.value().get(List.of(line.product(), line.site())));
                        return IntStream.range(0, decisions.size())
                                .mapToObj(i -> out.value().row(group.facts().get(i), decisions.get(i)));
                    })
                    .iterator();
        };
        return parts.mapPartitions(decided, Encoders.row(schema));
    }

    /** Lines of a supplier with a minimum in one part, all others evenly. */
    private Dataset<Row> together(Dataset<Row> facts) {
        int parts = TASKS_A_CORE * in.spark().sparkContext().defaultParallelism();
        org.apache.spark.sql.Column single =
                functions.concat_ws("\u001f", facts.col("product_code"), facts.col("site_code"));
        return facts.repartition(
                parts,
                limits.minimumValues().isEmpty()
                        ? single
                        : functions
                                .when(
                                        facts.col("supplier_code")
                                                .isInCollection(
                                                        limits.minimumValues().keySet()),
                                        facts.col("supplier_code"))
                                .otherwise(single));
    }

    /** What is granted to lines that do not get all that they ask for. */
    private Map<List<String>, Grant> cut(Dataset<Row> parts, Part part) {
        FlatMapFunction<Iterator<Row>, Asked> ask = rows -> {
            Asked asked = new Asked(new ArrayList<>(), new HashMap<>());
            part.groups(rows).forEach(group -> {
                group.planned().claims().forEach(asked.claims()::add);
                group.planned().addStanding(asked.standing());
            });
            return List.of(asked).iterator();
        };
        List<Claim> claims = new ArrayList<>();
        Map<String, Double> standing = new TreeMap<>();
        parts.javaRDD().mapPartitions(ask).collect().forEach(asked -> {
            claims.addAll(asked.claims());
            asked.standing().forEach((site, room) -> standing.merge(site, room, Double::sum));
        });
        return LimitShare.cut(limits, standing, claims);
    }
}
