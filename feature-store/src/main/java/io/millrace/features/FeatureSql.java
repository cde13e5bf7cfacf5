package io.millrace.features;

import io.millrace.contracts.ColumnContract;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders a feature view to one SQL statement of Spark. Each source becomes a chain of common table expressions: its
 * visible rows, their groups where it has any, and one row of aggregates for an entity and a date.
 *
 * <p>Rows are distributed by entity and date once, before the first grouping, so that the groupings and the joins
 * behind it need no further exchange.
 */
final class FeatureSql {

    private final FeatureView view;
    private final UnaryOperator<String> relation;

    /** @param relation the name under which a table of the lake is to be read */
    FeatureSql(FeatureView view, UnaryOperator<String> relation) {
        this.view = view;
        this.relation = relation;
    }

    /** Key, as_of and features of every entity that {@code dates} show a row of; known at the date itself. */
    String at(List<LocalDate> dates) {
        boolean single = dates.size() == 1;
        List<String> identity = single ? view.keyNames() : with(view.keyNames(), "as_of");
        String first = view.sources().get(0).name();
        String others = view.sources().stream().skip(1).map(FeatureSource::name).collect(Collectors.joining(", "));
        String from = first
                + view.sources().stream()
                        .skip(1)
                        .map(s -> leftJoin(s, first, identity))
                        .collect(Collectors.joining());
        // The sources are distributed alike: a hash join in place costs no job, a broadcast would cost one each.
        String hint = others.isEmpty() ? "" : "/*+ SHUFFLE_HASH(" + others + ") */ ";
        String keys = view.keyNames().stream().map(k -> first + "." + k).collect(Collectors.joining(", "));
        String asOf = single ? "date'" + dates.get(0) + "' AS as_of" : first + ".as_of";
        return "WITH " + ctes(identity, s -> visibleAt(s, dates))
                + outer(with(view.keyNames(), "as_of"), hint + keys + ", " + asOf, from);
    }

    /** Every row of {@code spine} with the features as of its as_of and as known at its known_at. */
    String asOf(String spine, List<String> spineColumns) {
        List<String> identity = with(view.keyNames(), "as_of", "known_at");
        String wanted =
                "wanted AS (\n  SELECT DISTINCT " + String.join(", ", identity) + "\n  FROM " + spine + "\n),\n";
        String from = spine + " AS spine"
                + view.sources().stream()
                        .map(s -> leftJoin(s, "spine", identity))
                        .collect(Collectors.joining());
        return "WITH " + wanted + ctes(identity, this::visibleTo) + outer(spineColumns, "spine.*", from);
    }

    private String ctes(List<String> identity, java.util.function.Function<FeatureSource, String> visible) {
        String by = String.join(", ", identity);
        return view.sources().stream().map(s -> cte(s, by, visible.apply(s))).collect(Collectors.joining(",\n"));
    }

    /** Visible rows of a source for a list of dates, without a join: a row is repeated for each date that sees it. */
    private String visibleAt(FeatureSource source, List<LocalDate> dates) {
        String event = day(source.eventTime());
        String known = day(source.known());
        LocalDate last = dates.stream().max(LocalDate::compareTo).orElseThrow();
        String all = dates.stream().map(d -> "date'" + d + "'").collect(Collectors.joining(", "));
        String asOf = dates.size() == 1
                ? all
                : "explode(filter(array(%s), d -> d >= %s AND d >= %s))".formatted(all, event, known);
        // In a spine a key that is null matches nothing; here it has to be said.
        String somebody = view.keyNames().stream().map(k -> k + " IS NOT NULL").collect(Collectors.joining(" AND "));
        return "SELECT *, %1$s AS as_of FROM %2$s WHERE %3$s <= date'%5$s' AND %4$s <= date'%5$s' AND %6$s"
                .formatted(asOf, relation.apply(source.table()), event, known, last, somebody);
    }

    /** Visible rows of a source for a spine. */
    private String visibleTo(FeatureSource source) {
        String key = view.keyNames().stream().map(k -> "t." + k + " = w." + k).collect(Collectors.joining(" AND "));
        return "SELECT t.*, w.as_of, w.known_at FROM %s AS t JOIN wanted AS w ON %s AND %s <= w.as_of AND %s <= w.known_at"
                .formatted(
                        relation.apply(source.table()),
                        key,
                        day("t." + source.eventTime()),
                        day("t." + source.known()));
    }

    private static String cte(FeatureSource source, String by, String visible) {
        String where = source.where() == null ? "" : "\n  WHERE " + source.where();
        String rows = """
                %1$s_rows AS (
                  SELECT * FROM (
                    SELECT *, datediff(as_of, %2$s) AS age
                    FROM (%3$s))%4$s
                  DISTRIBUTE BY %5$s
                ),
                """.formatted(source.name(), day(source.eventTime()), visible, where, by);
        String features = source.features().stream()
                .map(f -> ",\n    " + f.sql(source.isGrouped()) + " AS "
                        + f.column().name())
                .collect(Collectors.joining());
        return rows
                + (source.isGrouped() ? groups(source, by) : "")
                + """
                %1$s AS (
                  SELECT %2$s%3$s
                  FROM %1$s_%4$s
                  GROUP BY %2$s
                )""".formatted(source.name(), by, features, source.isGrouped() ? "groups" : "rows");
    }

    private static String groups(FeatureSource source, String by) {
        String columns = source.columns().entrySet().stream()
                .map(e -> ",\n    " + e.getValue() + " AS " + e.getKey())
                .collect(Collectors.joining());
        return """
                %1$s_groups AS (
                  SELECT %2$s,
                    min(age) AS age,
                    max(age) AS oldest%3$s
                  FROM %1$s_rows
                  GROUP BY %2$s, %4$s
                ),
                """.formatted(source.name(), by, columns, String.join(", ", source.per()));
    }

    /** Derived features stand outside, so that they see every feature with its default. */
    private String outer(List<String> identity, String inner, String from) {
        String kept = Stream.concat(
                        identity.stream(),
                        view.aggregates()
                                .filter(f -> !f.internal())
                                .map(f -> f.column().name()))
                .collect(Collectors.joining(",\n  "));
        String derived = view.derived().stream()
                .map(d -> ",\n  CAST(" + d.sql() + " AS " + d.column().type() + ") AS "
                        + d.column().name())
                .collect(Collectors.joining());
        String filled = view.sources().stream()
                .flatMap(s -> s.features().stream().map(f -> ",\n    " + filled(s, f)))
                .collect(Collectors.joining());
        return "\nSELECT\n  %s%s\nFROM (\n  SELECT %s%s\n  FROM %s\n)".formatted(kept, derived, inner, filled, from);
    }

    private static String filled(FeatureSource source, Feature feature) {
        ColumnContract column = feature.column();
        String value = source.name() + "." + column.name();
        return feature.otherwise() == null
                ? value
                : "coalesce(%s, CAST(%s AS %s)) AS %s"
                        .formatted(value, feature.otherwise(), column.type(), column.name());
    }

    private static String leftJoin(FeatureSource source, String left, List<String> identity) {
        return "\n  LEFT JOIN " + source.name() + " ON "
                + identity.stream()
                        .map(c -> "%1$s.%3$s = %2$s.%3$s".formatted(left, source.name(), c))
                        .collect(Collectors.joining(" AND "));
    }

    private static String day(String column) {
        return "to_date(" + column + ")";
    }

    private static List<String> with(List<String> key, String... more) {
        return Stream.concat(key.stream(), Stream.of(more)).toList();
    }
}
