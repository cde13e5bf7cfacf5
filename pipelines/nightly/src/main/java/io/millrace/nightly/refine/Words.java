package io.millrace.nightly.refine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.StringType;
import scala.collection.JavaConverters;

/** The words that a query itself gives under the names of its columns, as in {@code CASE ... THEN 'done' END}; what rows hold is not known here. */
final class Words {

    private final LogicalPlan plan;

    /** Identity of a column → what it may be: expressions, or columns of what it is put together of. */
    private final Map<Long, List<Expression>> madeOf = new HashMap<>();

    private final Map<Long, List<Attribute>> named = new HashMap<>();

    /** @param plan analysed, in which nothing is reckoned out yet */
    Words(LogicalPlan plan) {
        this.plan = plan;
        note(plan);
    }

    /** The words that a column of the query may hold, sorted. */
    Set<String> of(String column) {
        Set<String> words = new TreeSet<>();
        Set<Long> seen = new HashSet<>();
        output(plan).stream().filter(a -> a.name().equals(column)).forEach(a -> outcomes(a, words, seen));
        return words;
    }

    private void outcomes(Expression expression, Set<String> words, Set<Long> seen) {
        if (expression instanceof Literal literal) {
            if (literal.dataType() instanceof StringType && literal.value() != null) {
                words.add(literal.value().toString());
            }
        } else if (expression instanceof Attribute column) {
            long id = column.exprId().id();
            if (seen.add(id)) {
                madeOf.getOrDefault(id, List.of()).forEach(e -> outcomes(e, words, seen));
            }
        } else if (expression instanceof CaseWhen choice) {
            JavaConverters.seqAsJavaList(choice.branches()).forEach(branch -> outcomes(branch._2(), words, seen));
            choice.elseValue().foreach(other -> {
                outcomes(other, words, seen);
                return null;
            });
        } else if (expression instanceof If choice) {
            outcomes(choice.trueValue(), words, seen);
            outcomes(choice.falseValue(), words, seen);
        } else if (expression instanceof Coalesce || expression instanceof Cast || expression instanceof Alias) {
            JavaConverters.seqAsJavaList(expression.children()).forEach(e -> outcomes(e, words, seen));
        }
    }

    /** Definitions stand before what refers to them. */
    private void note(LogicalPlan node) {
        List<LogicalPlan> children = JavaConverters.seqAsJavaList(node.children());
        children.forEach(this::note);
        if (node instanceof CTERelationDef definition) {
            named.put(definition.id(), output(definition));
        } else if (node instanceof CTERelationRef reference) {
            made(output(reference), named.getOrDefault(reference.cteId(), List.of()));
        } else if (node instanceof Union) {
            children.forEach(child -> made(output(node), output(child)));
        }
        JavaConverters.seqAsJavaList(node.expressions()).forEach(e -> {
            if (e instanceof Alias alias) {
                made(alias.exprId().id()).add(alias.child());
            }
        });
    }

    private void made(List<Attribute> columns, List<Attribute> of) {
        IntStream.range(0, Math.min(columns.size(), of.size()))
                .filter(i -> columns.get(i).exprId().id() != of.get(i).exprId().id())
                .forEach(i -> made(columns.get(i).exprId().id()).add(of.get(i)));
    }

    private Collection<Expression> made(long id) {
        return madeOf.computeIfAbsent(id, i -> new ArrayList<>());
    }

    private static List<Attribute> output(LogicalPlan node) {
        return new ArrayList<>(JavaConverters.seqAsJavaList(node.output()));
    }
}
