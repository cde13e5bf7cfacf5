package io.millrace.features;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Rule;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A named set of features of one kind of entity, declared in YAML.
 *
 * @param name      its name; the table is {@code features.<name>}
 * @param about     one or two sentences
 * @param entity    what a row is about, as in {@code customer}
 * @param key       the columns that identify an entity, with their types
 * @param freshness days that a materialised date may lie behind the night before it is stale, at least 0
 * @param sources   where the features come from. An entity has features once the first source shows a row of it
 * @param derived   features over features, in the order in which they are computed
 */
public record FeatureView(
        String name,
        String about,
        String entity,
        List<ColumnContract> key,
        int freshness,
        List<FeatureSource> sources,
        List<DerivedFeature> derived) {

    /** The table that holds the materialised view. */
    public String table() {
        return "features." + name;
    }

    /** Names of the key columns. */
    public List<String> keyNames() {
        return key.stream().map(ColumnContract::name).toList();
    }

    /** The features that are kept, in order: without key and date. */
    public List<ColumnContract> features() {
        Stream<ColumnContract> made = aggregates().filter(f -> !f.internal()).map(Feature::column);
        return Stream.concat(made, derived.stream().map(DerivedFeature::column)).toList();
    }

    /** The tables that the view reads. */
    public List<String> tables() {
        return sources.stream().map(FeatureSource::table).distinct().toList();
    }

    /** The contract of the materialised table: business date, key, features; one row an entity and business date. */
    public TableContract contract() {
        List<ColumnContract> columns = new ArrayList<>();
        columns.add(new ColumnContract(
                "business_date",
                "date",
                true,
                null,
                null,
                "The night as of which and as known at which the features hold"));
        columns.addAll(key);
        columns.addAll(features());
        List<String> primary = new ArrayList<>(List.of("business_date"));
        primary.addAll(keyNames());
        List<Rule> rules = primary.stream().map(FeatureView::complete).toList();
        return new TableContract(
                table(),
                about,
                Shape.DATED,
                primary,
                List.of("business_date"),
                "business_date",
                List.copyOf(columns),
                rules,
                null);
    }

    /** The view as one SQL statement over {@code spine} (key, as_of, known_at), to be read by people. */
    public String sql() {
        return new FeatureSql(this, table -> table)
                .asOf(
                        "spine",
                        Stream.concat(keyNames().stream(), Stream.of("as_of", "known_at"))
                                .toList());
    }

    Stream<Feature> aggregates() {
        return sources.stream().flatMap(s -> s.features().stream());
    }

    private static Rule complete(String column) {
        return new Rule(
                Rule.Kind.COMPLETE,
                column + "_complete",
                Rule.Severity.REFUSE,
                List.of(column),
                null,
                null,
                List.of(),
                null,
                null,
                "A row of features belongs to an entity and a night");
    }
}
