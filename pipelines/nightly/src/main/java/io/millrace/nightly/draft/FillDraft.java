package io.millrace.nightly.draft;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.Fixture;
import io.millrace.contracts.source.SourceColumn.Reading;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of silver that a source table resembles by the names of its columns.
 *
 * @param columns column of silver → the column that is named alike
 * @param score   how much they resemble each other, more for a greater one; 0 for not at all
 */
record FillDraft(TableContract silver, TableDraft from, Map<String, ColumnDraft> columns, int score) {

    /** Share of rows that may be told again. */
    private static final double REPEATED = 0.05;

    private static final int REQUIRED = 3;
    private static final int SAME_NAME = 2;

    static FillDraft of(TableContract silver, TableDraft from) {
        Set<String> table = Names.words(from.name());
        Map<String, ColumnDraft> matched = new LinkedHashMap<>();
        Set<String> used = new HashSet<>();
        for (ColumnContract column : silver.ownColumns()) {
            match(column, from, table, used).ifPresent(found -> {
                matched.put(column.name(), found);
                used.add(found.name());
            });
        }
        restOfKey(silver, from, matched, used);
        int score = silver.ownColumns().stream()
                .mapToInt(c -> matched.containsKey(c.name()) ? c.required() ? REQUIRED : 1 : c.required() ? -1 : 0)
                .sum();
        long shared =
                Names.words(silver.table()).stream().filter(table::contains).count();
        long required =
                silver.ownColumns().stream().filter(ColumnContract::required).count();
        long found = silver.ownColumns().stream()
                .filter(c -> c.required() && matched.containsKey(c.name()))
                .count();
        boolean isNamed = table.equals(Names.words(silver.table()));
        boolean isEnough = matched.size() > 1 && (2 * found > required || isNamed && found > 0);
        return new FillDraft(silver, from, matched, isEnough ? score + SAME_NAME * (int) shared : 0);
    }

    /** What the key of the one has beside what is matched is what the key of the other has: a document's item is its line. */
    private static void restOfKey(
            TableContract silver, TableDraft from, Map<String, ColumnDraft> matched, Set<String> used) {
        List<String> meant = silver.key().stream()
                .filter(k -> !k.equals("source") && !matched.containsKey(k))
                .toList();
        List<ColumnDraft> free = from.columns().stream()
                .filter(c -> from.key().contains(c.name()) && !used.contains(c.name()))
                .toList();
        boolean isNumber = meant.size() == 1 && meant.get(0).endsWith("_no");
        if (isNumber && free.size() == 1 && from.key().size() > 1) {
            ColumnContract column = silver.column(meant.get(0)).orElseThrow();
            if (isReadable(column, free.get(0))) {
                matched.put(column.name(), free.get(0));
            }
        }
    }

    /** The columns that silver knows a row by, if they tell almost all rows apart; otherwise those that were found to. */
    List<String> key() {
        List<String> own =
                silver.key().stream().filter(k -> !k.equals("source")).toList();
        if (!columns.keySet().containsAll(own)) {
            return from.key();
        }
        List<String> same = own.stream().map(k -> columns.get(k).name()).toList();
        return from.repeated(same) <= REPEATED * from.sample().rows().size() ? same : from.key();
    }

    /** By the same words; by those with the table's own, as the {@code id} of a customer is its code; or but for the word code. */
    private static Optional<ColumnDraft> match(
            ColumnContract column, TableDraft from, Set<String> table, Set<String> used) {
        Set<String> meant = Names.words(column.name());
        List<ColumnDraft> free = from.columns().stream()
                .filter(c -> !used.contains(c.name()) && isReadable(column, c))
                .toList();
        return free.stream()
                .filter(c -> Names.words(c.name()).equals(meant))
                .findFirst()
                .or(() -> free.stream()
                        .filter(c -> together(c, table).equals(meant))
                        .findFirst())
                .or(() -> free.stream()
                        .filter(c -> meant.contains("code")
                                && together(c, Set.of("code")).equals(meant))
                        .findFirst())
                .or(() -> column.required()
                        ? from.columns().stream()
                                .filter(c -> Names.words(c.name()).equals(meant) && !used.contains(c.name()))
                                .findFirst()
                        : alone(free, meant));
    }

    /** The only column whose words are among those that are meant, or the other way round: a {@code PRICE} is a list price, a company's name a name. */
    private static Optional<ColumnDraft> alone(List<ColumnDraft> free, Set<String> meant) {
        List<ColumnDraft> near = free.stream()
                .filter(c -> {
                    Set<String> words = Names.words(c.name());
                    return meant.contains("code") == words.contains("code")
                            && (words.containsAll(meant) || meant.containsAll(words));
                })
                .toList();
        return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
    }

    private static Set<String> together(ColumnDraft column, Set<String> more) {
        Set<String> words = new HashSet<>(Names.words(column.name()));
        words.addAll(more);
        return words;
    }

    /** Whether values that are read so may be of the column's type. */
    static boolean isReadable(ColumnContract column, ColumnDraft c) {
        if (Fixture.isNumeric(column.type())) {
            return c.as() == Reading.NUMBER || c.as() == Reading.CODE && c.isWhole();
        }
        return switch (column.type()) {
            case "date", "timestamp" -> c.as() == Reading.DATE || c.as() == Reading.TIMESTAMP;
            case "boolean" -> c.as() == Reading.FLAG || c.as() == Reading.NUMBER && c.isWhole();
            default -> c.as() != Reading.FLAG;
        };
    }

    /** How a column has to be read so that its values are of the type: a number that is a code is no amount. */
    static ColumnDraft read(ColumnContract column, ColumnDraft c) {
        boolean isNumber = Fixture.isNumeric(column.type());
        if (column.type().equals("string") && c.as() == Reading.NUMBER) {
            return c.as(Reading.TEXT, ColumnDraft.NAME);
        } else if (column.type().equals("boolean") && c.as() == Reading.NUMBER) {
            return c.as(Reading.FLAG, null);
        } else if (column.type().equals("date") && c.as() == Reading.TIMESTAMP) {
            return c.with(Reading.DATE, c.format(), "a day is wanted, its time is left out", null);
        } else if (isNumber && c.as() == Reading.CODE) {
            return c.as(Reading.NUMBER, null);
        }
        return c;
    }
}
