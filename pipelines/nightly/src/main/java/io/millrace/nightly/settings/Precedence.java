package io.millrace.nightly.settings;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.yaml.Problems;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose word counts if several sources tell of the same key of a table of silver, attribute by attribute. */
public final class Precedence {

    private static final String ALL = "all";

    /** In place of sources: a flag is true if one of them says so. */
    private static final List<String> ANY = List.of("any");

    private final Map<String, Map<String, List<String>>> stated;
    private final Set<String> sources;

    public Precedence(Settings settings) {
        this.stated = settings.precedence();
        this.sources = settings.sources().keySet();
    }

    /** Whether an attribute is true as soon as one source says so. */
    public boolean isAny(TableContract table, String attribute) {
        return ANY.equals(of(table).get(attribute));
    }

    /**
     * Sources in the order in which their word counts: those that the attribute names, then those that the table names, then those of the
     * configuration in its own order, then the others by name.
     *
     * @param tellers sources that tell of the table
     */
    public List<String> order(TableContract table, String attribute, Collection<String> tellers) {
        Set<String> order = new LinkedHashSet<>(of(table).getOrDefault(attribute, List.of()));
        order.addAll(of(table).getOrDefault(ALL, List.of()));
        order.addAll(sources);
        tellers.stream().sorted().forEach(order::add);
        order.retainAll(tellers);
        return List.copyOf(order);
    }

    private Map<String, List<String>> of(TableContract table) {
        return stated.getOrDefault(table.table(), Map.of());
    }

    /** What decides the order, as text. */
    @Override
    public String toString() {
        return stated + " " + sources;
    }

    /** Notes every table, attribute and source that there is not. */
    public void check(ContractCatalog contracts, Problems problems) {
        stated.forEach((name, attributes) -> {
            Optional<TableContract> table = contracts.find("silver." + name);
            if (table.isEmpty()) {
                problems.add("precedence." + name, "there is no table silver." + name);
            } else {
                attributes.forEach((attribute, order) ->
                        check("precedence." + name + "." + attribute, table.get(), attribute, order, problems));
            }
        });
    }

    private void check(String where, TableContract table, String attribute, List<String> order, Problems problems) {
        List<String> known = table.ownColumns().stream()
                .map(ColumnContract::name)
                .filter(c -> !table.key().contains(c))
                .toList();
        if (!attribute.equals(ALL) && !known.contains(attribute)) {
            problems.add(
                    where,
                    "%s has no attribute '%s'%s"
                            .formatted(table.name(), attribute, Problems.didYouMean(attribute, known)));
            return;
        }
        if (order.equals(ANY)) {
            boolean isFlag =
                    table.column(attribute).stream().anyMatch(c -> c.type().equals("boolean"));
            if (!isFlag) {
                problems.add(where, "any is for an attribute that is true or false");
            }
            return;
        }
        order.stream()
                .filter(source -> !sources.contains(source))
                .forEach(source -> problems.add(
                        where, "there is no source '%s'%s".formatted(source, Problems.didYouMean(source, sources))));
    }
}
