package io.millrace.features;

import io.millrace.contracts.yaml.Problems;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;
import scala.collection.JavaConverters;

/** Checks SQL expressions of a declaration with Spark's own parser, before any session is started. */
final class SqlText {

    private final CatalystSqlParser parser;
    private final String file;
    private final Problems problems;

    /** @param isTrusted true for declarations that were checked when Millrace was built: loading Spark's parser is dear */
    SqlText(String file, Problems problems, boolean isTrusted) {
        this.parser = isTrusted ? null : new CatalystSqlParser();
        this.file = file;
        this.problems = problems;
    }

    /** Notes a problem where {@code sql} is no expression, or names a column that is not in {@code known}. */
    void check(String what, String sql, Collection<String> known) {
        if (sql == null || parser == null) {
            return;
        }
        try {
            Set<String> lower =
                    known.stream().map(c -> c.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
            for (String column : columns(parsed(sql))) {
                if (!lower.contains(column.toLowerCase(Locale.ROOT))) {
                    problems.add(
                            file,
                            what + " names the unknown column '" + column + "'" + Problems.didYouMean(column, known));
                }
            }
        } catch (ParseException e) {
            problems.add(file, what + ": '" + sql + "' is not an SQL expression: " + firstLine(e.getMessage()));
        }
    }

    /** Spark throws a checked exception here that Scala does not declare. */
    private Expression parsed(String sql) throws ParseException {
        return parser.parseExpression(sql);
    }

    private static Set<String> columns(Expression expression) {
        Set<String> found = new TreeSet<>();
        collect(expression, found);
        return found;
    }

    private static void collect(Expression expression, Set<String> found) {
        if (expression instanceof UnresolvedAttribute attribute) {
            found.add(attribute.nameParts().head());
        }
        JavaConverters.seqAsJavaList(expression.children()).forEach(child -> collect(child, found));
    }

    private static String firstLine(String message) {
        return message.strip().lines().findFirst().orElse(message);
    }
}
