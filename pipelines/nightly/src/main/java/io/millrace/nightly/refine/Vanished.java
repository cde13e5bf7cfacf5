package io.millrace.nightly.refine;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Columns that deliveries do not have though earlier ones of their table did: dropped, renamed or misspelled. Nobody knows what the source
 * would say in them now, so what it said last of a row stays. What the configuration calls gone is told no more, and empty.
 *
 * @param byTable table → column → ids of the extracts that lack it
 */
record Vanished(Map<String, Map<String, Set<String>>> byTable) {

    static final Vanished NOTHING = new Vanished(Map.of());

    /** What the ledger knows of a source: in the order of business dates, a column is told from the first delivery on that has it and a row. */
    static Vanished of(Night night, String source) {
        SourceSystem system = night.systems().get(source);
        Collection<String> gone = night.settings().sources().get(source).gone();
        requireDescribed(source, system, gone);
        Map<String, Map<String, Set<String>>> byTable = new HashMap<>();
        Map<String, List<Extract>> extracts = night.ledger().extracts().stream()
                .filter(e -> e.source().equals(source)
                        && system.tables().containsKey(e.table())
                        && e.absent() != null
                        && (e.state() == Extract.State.LANDED || e.state() == Extract.State.REFINED))
                .sorted(Comparator.comparing(Extract::businessDate).thenComparing(Extract::delivery))
                .collect(Collectors.groupingBy(Extract::table));
        extracts.forEach((table, delivered) -> {
            Set<String> told = new HashSet<>();
            for (Extract e : delivered) {
                Set<String> absent = columns(e.absent());
                for (String column : system.tables().get(table).columns().keySet()) {
                    if (!absent.contains(column)) {
                        if (e.rowsDelivered() > 0) {
                            told.add(column);
                        }
                    } else if (told.contains(column) && !gone.contains(table + "." + column)) {
                        byTable.computeIfAbsent(table, t -> new TreeMap<>())
                                .computeIfAbsent(column, c -> new HashSet<>())
                                .add(e.id());
                    }
                }
            }
        });
        return byTable.isEmpty() ? NOTHING : new Vanished(byTable);
    }

    /** Columns as an extract records them. */
    static Set<String> columns(String joined) {
        return joined.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(joined.split(", ", -1)));
    }

    private static void requireDescribed(String source, SourceSystem system, Collection<String> gone) {
        Set<String> known = new TreeSet<>();
        system.tables().forEach((table, t) -> t.columns().keySet().forEach(column -> known.add(table + "." + column)));
        gone.stream().filter(column -> !known.contains(column)).findFirst().ifPresent(column -> {
            throw Failure.configuration("sources.%s.gone names %s, which is no TABLE.COLUMN of the system %s"
                    .formatted(source, column, system.name()));
        });
    }

    /** Column of a table → ids of the extracts that lack it. */
    Map<String, Set<String>> of(String table) {
        return byTable.getOrDefault(table, Map.of());
    }

    /** Whether one of some extracts lacks a column that was told before. */
    boolean concerns(String table, Collection<String> extracts) {
        return of(table).values().stream().flatMap(Set::stream).anyMatch(extracts::contains);
    }

    /** The same but for some columns, as {@code table.column}. */
    Vanished without(Set<String> columns) {
        Map<String, Map<String, Set<String>>> others = new HashMap<>();
        byTable.forEach((table, byColumn) -> byColumn.forEach((column, ids) -> {
            if (!columns.contains(table + "." + column)) {
                others.computeIfAbsent(table, t -> new TreeMap<>()).put(column, ids);
            }
        }));
        return new Vanished(others);
    }

    /**
     * What whoever watches should know of an extract, or empty.
     *
     * @param hasKey whether its rows are known by a key; otherwise each is one of its own, of which nothing was said before
     */
    String note(Extract e, boolean hasKey) {
        String columns = of(e.table()).entrySet().stream()
                .filter(column -> column.getValue().contains(e.id()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (columns.isEmpty()) {
            return "";
        }
        String unknown = e.drift() == null ? "" : ", and has " + e.drift() + ", which is not known";
        String outcome = hasKey ? "what it said there last stays, consents apart" : "its new rows are empty there";
        return "%1$s.%2$s no longer has %3$s%4$s: %5$s. Where it is gone for good, add it to sources.%1$s.gone"
                .formatted(e.source(), e.table(), columns, unknown, outcome);
    }
}
