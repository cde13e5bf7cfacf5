package io.millrace.lake;

import io.millrace.contracts.Failure;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.CommandExecutionMode;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.collection.JavaConverters;

/**
 * What a query may do: read tables of the catalogue, and compute. Spark SQL can also read and write any file, run programs and call any
 * method of this JVM, and new versions learn more; so this is a list of what is allowed, and not of what is forbidden. It looks at the plan that
 * Spark made of the text, before anything runs.
 */
final class ReadOnly {

    /** Nodes of an analysed plan that only read and compute. What transforms rows by a program is not among them. */
    private static final Set<String> NODES = Set.of(
            "Project",
            "Filter",
            "Aggregate",
            "Join",
            "LateralJoin",
            "Sort",
            "GlobalLimit",
            "LocalLimit",
            "Offset",
            "Tail",
            "Union",
            "Distinct",
            "Deduplicate",
            "Intersect",
            "Except",
            "SubqueryAlias",
            "Window",
            "Expand",
            "Generate",
            "Sample",
            "Range",
            "LocalRelation",
            "OneRowRelation",
            "WithCTE",
            "CTERelationDef",
            "CTERelationRef",
            "Repartition",
            "RepartitionByExpression",
            "RebalancePartitions",
            "UnresolvedHint",
            "ResolvedHint",
            "Pivot",
            "Unpivot");

    /** What stands in a parsed query beside them, before Spark has looked anything up. */
    private static final Set<String> PARSED = Set.of(
            "UnresolvedRelation",
            "UnresolvedWith",
            "UnresolvedHaving",
            "UnresolvedInlineTable",
            "UnresolvedTableValuedFunction",
            "UnresolvedTVFAliases",
            "UnresolvedSubqueryColumnAliases",
            "RelationTimeTravel",
            "TimeTravel",
            "WithWindowDefinition");

    /** Statements that tell of tables. */
    private static final Set<String> STATEMENTS = Set.of(
            "ShowTables",
            "ShowNamespaces",
            "ShowColumns",
            "ShowFunctions",
            "ShowTableProperties",
            "DescribeRelation",
            "DescribeColumn",
            "DescribeNamespace",
            "DescribeFunction",
            "DescribeDeltaHistory");

    private static final String FUNCTIONS = "org.apache.spark.sql.catalyst.expressions.";
    /** Among those functions: what calls any method, and what parses documents that may name files. */
    private static final Pattern FORBIDDEN = Pattern.compile("CallMethodViaReflection|xml\\..*");

    /** What stands for a file where the name of a table is expected. */
    private static final Pattern PATH = Pattern.compile("[`'\"][^`'\"]*[/:\\\\][^`'\"]*[`'\"]");

    private final SparkSession spark;
    private final FolderCatalog catalog;

    /** @param catalog the tables that may be read */
    ReadOnly(SparkSession spark, FolderCatalog catalog) {
        this.spark = spark;
        this.catalog = catalog;
    }

    /**
     * Lets a statement pass.
     *
     * @param parsed what its text was parsed into
     * @return true if it is a query, false if it tells of tables or of a plan
     * @throws Failure of kind USAGE if it does anything but read tables of the catalogue
     */
    boolean check(LogicalPlan parsed, String sql) {
        if (parsed instanceof ExplainCommand explain) {
            checkQuery(explain.logicalPlan());
        } else if (parsed instanceof DescribeQueryCommand describe) {
            checkQuery(describe.plan());
        } else if (STATEMENTS.contains(name(parsed))) {
            if (PATH.matcher(sql).find()) {
                throw refused("a path in place of a table");
            }
        } else {
            checkQuery(parsed);
            return true;
        }
        return false;
    }

    private void checkQuery(LogicalPlan parsed) {
        // Before it is analysed: there are statements that Delta runs as it analyses them.
        checkParsed(parsed);
        // Analysed, not run: only now is it known what names stand for.
        LogicalPlan plan = spark.sessionState()
                .executePlan(parsed, CommandExecutionMode.SKIP())
                .analyzed();
        checkNodes(plan);
        JavaConverters.seqAsJavaList(plan.subqueriesAll()).forEach(subquery -> checkNodes((LogicalPlan) subquery));
    }

    private static void checkParsed(LogicalPlan plan) {
        if (!NODES.contains(name(plan)) && !PARSED.contains(name(plan))) {
            throw refused(name(plan));
        }
        Stream.of(plan.children(), plan.innerChildren(), plan.subqueries())
                .flatMap(nodes -> JavaConverters.seqAsJavaList(nodes).stream())
                .filter(LogicalPlan.class::isInstance)
                .forEach(node -> checkParsed((LogicalPlan) node));
    }

    private void checkNodes(LogicalPlan plan) {
        if (plan instanceof LogicalRelation relation) {
            checkTable(relation);
        } else if (!NODES.contains(name(plan))) {
            throw refused(name(plan));
        }
        JavaConverters.seqAsJavaList(plan.expressions()).forEach(this::checkFunctions);
        JavaConverters.seqAsJavaList(plan.children()).forEach(this::checkNodes);
    }

    private void checkTable(LogicalRelation relation) {
        if (!isTable(relation)) {
            throw refused("what is no table of the lake");
        }
    }

    /** By name; an earlier version of a table has none in the plan, and is known by its folder. */
    private boolean isTable(LogicalRelation relation) {
        if (relation.catalogTable().isDefined()) {
            String table = relation.catalogTable().get().identifier().unquotedString();
            return catalog.tables().contains(table.toLowerCase(Locale.ROOT).replaceFirst("^spark_catalog\\.", ""));
        }
        return relation.relation() instanceof HadoopFsRelation files
                && JavaConverters.seqAsJavaList(files.location().rootPaths()).stream()
                        .allMatch(path -> catalog.tables().stream()
                                .anyMatch(table -> catalog.path(table)
                                        .toUri()
                                        .getPath()
                                        .equals(path.toUri().getPath())));
    }

    private void checkFunctions(Expression expression) {
        String type = expression.getClass().getName();
        if (!type.startsWith(FUNCTIONS)
                || FORBIDDEN.matcher(type.substring(FUNCTIONS.length())).matches()) {
            throw refused("the function " + expression.prettyName());
        }
        JavaConverters.seqAsJavaList(expression.children()).forEach(this::checkFunctions);
    }

    private static String name(LogicalPlan plan) {
        return plan.getClass().getSimpleName().replace("$", "");
    }

    private static Failure refused(String what) {
        return Failure.usage(
                "sql only reads tables of the catalogue (SELECT, WITH, VALUES, SHOW, DESCRIBE, EXPLAIN); refused: "
                        + what);
    }
}
