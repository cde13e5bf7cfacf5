package io.millrace.nightly.refine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import scala.collection.JavaConverters;

/** What the columns of a query are computed from; by which rows are chosen is another matter. */
final class Lineage {

    /** Identity of a column → of those that it is computed from. */
    private final Map<Long, Set<Long>> madeOf = new HashMap<>();

    /** Columns of the relations that the query reads. */
    private final Map<Long, String> leaves = new HashMap<>();

    private final LogicalPlan plan;

    /** @param plan optimised, so that named subqueries are in it */
    Lineage(LogicalPlan plan) {
        this.plan = plan;
        note(plan);
    }

    /** Names of the columns of relations that some columns of the query are computed from. */
    Set<String> of(Collection<String> columns) {
        Deque<Long> open = new ArrayDeque<>();
        JavaConverters.seqAsJavaList(plan.output()).stream()
                .filter(a -> columns.contains(a.name()))
                .forEach(a -> open.add(a.exprId().id()));
        Set<Long> seen = new HashSet<>();
        Set<String> names = new TreeSet<>();
        while (!open.isEmpty()) {
            Long id = open.remove();
            if (seen.add(id)) {
                open.addAll(madeOf.getOrDefault(id, Set.of()));
                if (leaves.containsKey(id)) {
                    names.add(leaves.get(id));
                }
            }
        }
        return names;
    }

    private void note(LogicalPlan node) {
        List<LogicalPlan> children = JavaConverters.seqAsJavaList(node.children());
        if (children.isEmpty()) {
            output(node).forEach(a -> leaves.put(a.exprId().id(), a.name()));
        }
        if (node instanceof Union) {
            List<Attribute> together = output(node);
            for (int i = 0; i < together.size(); i++) {
                for (LogicalPlan child : children) {
                    made(together.get(i).exprId().id())
                            .add(output(child).get(i).exprId().id());
                }
            }
        }
        JavaConverters.seqAsJavaList(node.expressions()).forEach(this::note);
        children.forEach(this::note);
    }

    private void note(Expression expression) {
        if (expression instanceof Alias alias) {
            JavaConverters.seqAsJavaList(alias.references().toSeq())
                    .forEach(a -> made(alias.exprId().id()).add(a.exprId().id()));
        }
        JavaConverters.seqAsJavaList(expression.children()).forEach(this::note);
    }

    private Set<Long> made(long id) {
        return madeOf.computeIfAbsent(id, i -> new HashSet<>());
    }

    private static List<Attribute> output(LogicalPlan node) {
        return new ArrayList<>(JavaConverters.seqAsJavaList(node.output()));
    }
}
