package io.millrace.nightly.histories;

import io.millrace.nightly.histories.Step.Deliver;
import io.millrace.nightly.histories.Step.Kind;
import io.millrace.nightly.histories.Step.Mapping;
import io.millrace.nightly.histories.Step.Said;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What bronze, silver and quarantine hold after a history, by the words of {@code docs/sources.md} alone: lists, sorting, no Spark. What a
 * source said is put in the order of business dates, deliveries and lines, and told again from the beginning each time.
 */
final class Model {

    /** How far a file has come. */
    enum State {
        LANDED,
        REFINED,
        DUPLICATE
    }

    /** A file that was seen. */
    static final class Taken {
        final Deliver file;
        final int delivery;
        State state;
        /** Whether silver has its rows, be it that they are not accounted for yet. */
        boolean isMerged;
        /** Whether what it does not hold was taken for deleted. */
        boolean removes;
        /** Whether another file had taken its place before it was refined. */
        boolean isVoid;

        Taken(Deliver file, int delivery, State state) {
            this.file = file;
            this.delivery = delivery;
            this.state = state;
        }
    }

    /** A row of a file, and what was looked up for it when it was mapped last. */
    private static final class Stated {
        final Taken taken;
        final Said said;
        final int line;
        String day;
        int factor = 1;

        Stated(Taken taken, Said said, int line) {
            this.taken = taken;
            this.said = said;
            this.line = line;
        }

        String date() {
            return taken.file.date();
        }

        /** Null where it is gone. */
        String value() {
            return said.kind() == Kind.GONE
                    ? null
                    : factor * Integer.parseInt(said.value()) + (day == null ? "" : "@" + day);
        }

        boolean isGood() {
            return said.kind() == Kind.GOOD || said.kind() == Kind.GONE;
        }

        boolean isSplit() {
            return said.kind() != Kind.MALFORMED;
        }
    }

    private static final Comparator<Stated> ORDER = Comparator.comparing(Stated::date)
            .thenComparing(s -> s.taken.delivery)
            .thenComparing(s -> s.said.kind() == Kind.GONE)
            .thenComparing(s -> s.line);

    private final Map<String, Deliver> drop = new TreeMap<>();
    private final Set<Deliver> seen = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    private final List<Taken> taken = new ArrayList<>();
    private final Map<Desk, List<Stated>> stated = new HashMap<>();
    private int deliveries;
    private Mapping mapping = Mapping.PLAIN;

    /** Rows are mapped so from now on. */
    void change(Mapping to) {
        mapping = to;
    }

    /** All that was refined is mapped anew. @return whether a row would be lost, so that nothing is */
    boolean remap() {
        List<Stated> refined = stated.values().stream()
                .flatMap(List::stream)
                .filter(s -> s.taken.isMerged)
                .toList();
        if (refined.stream().anyMatch(s -> mapping.loses(s.taken.file.table(), s.said))) {
            return true;
        }
        refined.forEach(s -> s.factor = mapping.factor());
        return false;
    }

    void deliver(Deliver file) {
        drop.put(file.path(), file);
    }

    /** A night that ran to its end. @return tables that it refused */
    Set<Desk> run(String date, boolean isAccepted) {
        accept(date);
        List<Taken> pending = taken.stream()
                .filter(t -> t.state == State.LANDED && t.file.date().compareTo(date) <= 0)
                .toList();
        Set<Desk> refused = new TreeSet<>();
        for (Desk table : Desk.values()) {
            List<Taken> fresh =
                    pending.stream().filter(t -> t.file.table() == table).toList();
            if (!fresh.isEmpty() && !refine(table, fresh, isAccepted)) {
                refused.add(table);
            }
        }
        lookUp(pending);
        return refused;
    }

    private void accept(String date) {
        drop.values().stream()
                .filter(f -> f.date().compareTo(date) <= 0 && seen.add(f))
                .forEach(f -> {
                    List<Taken> before = taken.stream()
                            .filter(t -> t.state != State.DUPLICATE
                                    && t.file.table() == f.table()
                                    && t.file.date().equals(f.date()))
                            .toList();
                    boolean isKnown = before.stream()
                            .filter(t -> t.file.rows().equals(f.rows()))
                            .anyMatch(t -> before.stream()
                                    .noneMatch(o -> o.file.path().equals(t.file.path()) && o.delivery > t.delivery));
                    Taken now = new Taken(f, isKnown ? 0 : ++deliveries, isKnown ? State.DUPLICATE : State.LANDED);
                    taken.add(now);
                    if (!isKnown) {
                        for (int i = 0; i < f.rows().size(); i++) {
                            stated.computeIfAbsent(f.table(), t -> new ArrayList<>())
                                    .add(new Stated(now, f.rows().get(i), i + 2));
                        }
                    }
                });
    }

    /** One date after the other. @return false if the mapping loses a row, or a full delivery would take away all that there is and nothing later says more */
    private boolean refine(Desk table, List<Taken> fresh, boolean isAccepted) {
        TreeMap<String, List<Taken>> byDate =
                fresh.stream().collect(Collectors.groupingBy(t -> t.file.date(), TreeMap::new, Collectors.toList()));
        for (List<Taken> batch : byDate.values()) {
            Taken last = batch.get(batch.size() - 1);
            Set<String> there = current(table).keySet();
            if (isLost(table, batch)) {
                return false;
            }
            map(table, batch);
            batch.forEach(t -> {
                t.isMerged = true;
                t.isVoid = t.file.mode().equals("full")
                        && batch.stream().anyMatch(o -> o.file.path().equals(t.file.path()) && o.delivery > t.delivery);
            });
            if (last.file.mode().equals("full") && table.silver() != null && isInTime(last)) {
                boolean isKnown = parts(table, last.file.date()).stream()
                        .flatMap(t -> t.file.rows().stream())
                        .noneMatch(s -> s.kind() == Kind.MALFORMED || s.kind() == Kind.KEYLESS);
                batch.forEach(t -> t.removes = isKnown && t.file.mode().equals("full"));
                boolean isEmptied = isKnown
                        && !isAccepted
                        && !there.isEmpty()
                        && current(table).keySet().stream().noneMatch(there::contains);
                if (isEmptied) {
                    batch.forEach(t -> t.removes = false);
                    boolean isLast = fresh.stream()
                            .noneMatch(t -> t.file.mode().equals("full")
                                    && t.file.date().compareTo(last.file.date()) > 0
                                    && isInTime(t));
                    if (isLast) {
                        batch.forEach(t -> t.isMerged = false);
                        return false;
                    }
                }
            }
        }
        fresh.forEach(t -> t.state = State.REFINED);
        return true;
    }

    /** Nothing of a later date had come before it. */
    private boolean isInTime(Taken full) {
        return taken.stream()
                .noneMatch(o -> o.state != State.DUPLICATE
                        && o.file.table() == full.file.table()
                        && o.delivery < full.delivery
                        && o.file.date().compareTo(full.file.date()) > 0);
    }

    /** The files that make up the full delivery of a date: the last one at each path. */
    private Collection<Taken> parts(Desk table, String date) {
        Map<String, Taken> parts = new LinkedHashMap<>();
        taken.stream()
                .filter(t -> t.isMerged
                        && t.file.table() == table
                        && t.file.date().equals(date)
                        && t.file.mode().equals("full"))
                .forEach(t -> parts.merge(t.file.path(), t, (a, b) -> a.delivery > b.delivery ? a : b));
        return parts.values();
    }

    /** Rows that were refined, but for those of a full delivery that came anew at its path. */
    private List<Stated> told(Desk table) {
        return stated.getOrDefault(table, List.of()).stream()
                .filter(s -> s.taken.isMerged && !isReplaced(s.taken))
                .sorted(ORDER)
                .toList();
    }

    private boolean isReplaced(Taken t) {
        return t.isVoid
                || t.file.mode().equals("full")
                        && taken.stream()
                                .anyMatch(o -> o.isMerged
                                        && o.removes
                                        && o.file.path().equals(t.file.path())
                                        && o.delivery > t.delivery);
    }

    /** key → value of what is there. */
    private Map<String, String> current(Desk table) {
        Map<String, String> current = new TreeMap<>();
        if (table == Desk.LINE) {
            Map<String, Stated> last = new HashMap<>();
            told(table).stream().filter(Stated::isGood).forEach(s -> last.put(s.said.id(), s));
            last.values().stream().sorted(ORDER).forEach(s -> current.put(s.said.key(), s.value()));
            current.values().removeIf(Objects::isNull);
            return current;
        }
        spans(table).forEach((key, spans) -> {
            Map.Entry<String, String> last = spans.lastEntry();
            if (last != null && last.getValue() != null) {
                current.put(key, last.getValue());
            }
        });
        return current;
    }

    /** key → date → value from then on, null if it is not there. */
    private Map<String, TreeMap<String, String>> spans(Desk table) {
        Map<String, TreeMap<String, String>> spans = new TreeMap<>();
        List<Stated> told = told(table);
        TreeSet<String> dates = told.stream().map(Stated::date).collect(Collectors.toCollection(TreeSet::new));
        taken.stream()
                .filter(t -> t.removes && t.isMerged && t.file.table() == table)
                .forEach(t -> dates.add(t.file.date()));
        for (String date : dates) {
            List<Stated> today =
                    told.stream().filter(s -> s.date().equals(date)).toList();
            boolean removes = taken.stream()
                    .anyMatch(t -> t.removes
                            && t.isMerged
                            && t.file.table() == table
                            && t.file.date().equals(date));
            if (removes) {
                Set<String> held = today.stream()
                        .filter(Stated::isSplit)
                        .map(s -> s.said.key())
                        .collect(Collectors.toSet());
                spans.keySet().stream().filter(key -> !held.contains(key)).forEach(key -> give(spans, key, date, null));
            }
            today.stream().filter(Stated::isGood).forEach(s -> give(spans, s.said.key(), date, s.value()));
        }
        return spans;
    }

    private static void give(Map<String, TreeMap<String, String>> spans, String key, String date, String value) {
        TreeMap<String, String> of = spans.computeIfAbsent(key, k -> new TreeMap<>());
        of.remove(date);
        Map.Entry<String, String> last = of.lastEntry();
        if (last == null ? value != null : !Objects.equals(last.getValue(), value)) {
            of.put(date, value);
        }
    }

    /** Whether a new row would be lost, another one of its delivery, or one of a later date that is told anew. */
    private boolean isLost(Desk table, List<Taken> fresh) {
        List<Stated> rows = stated.getOrDefault(table, List.of());
        Map<String, String> earliest = earliest(rows, fresh);
        return rows.stream()
                .filter(s -> fresh.contains(s.taken)
                        || s.taken.isMerged && (isToldAnew(s, earliest) || isPart(s.taken, fresh)))
                .anyMatch(s -> mapping.loses(table, s.said));
    }

    private static boolean isPart(Taken t, List<Taken> fresh) {
        return t.file.mode().equals("full")
                && fresh.stream()
                        .anyMatch(f -> f.file.mode().equals("full")
                                && f.file.date().equals(t.file.date())
                                && !f.file.path().equals(t.file.path()));
    }

    /** New rows, and what is told anew for a late one. */
    private void map(Desk table, List<Taken> fresh) {
        List<Stated> rows = stated.getOrDefault(table, List.of());
        Map<String, String> earliest = earliest(rows, fresh);
        rows.stream()
                .filter(s -> fresh.contains(s.taken) || isToldAnew(s, earliest))
                .forEach(s -> s.factor = mapping.factor());
    }

    private static Map<String, String> earliest(List<Stated> rows, Collection<Taken> fresh) {
        Map<String, String> earliest = new HashMap<>();
        rows.stream()
                .filter(s -> fresh.contains(s.taken) && s.isSplit())
                .forEach(s -> earliest.merge(s.said.id(), s.date(), (a, b) -> a.compareTo(b) < 0 ? a : b));
        return earliest;
    }

    private static boolean isToldAnew(Stated s, Map<String, String> earliest) {
        return earliest.containsKey(s.said.id()) && s.date().compareTo(earliest.get(s.said.id())) > 0;
    }

    /** Orders find the day of their head: the new ones, what is told anew for a late one, and what a changed head calls for. */
    private void lookUp(List<Taken> pending) {
        Set<Taken> fresh = Set.copyOf(pending);
        List<Stated> lines = stated.getOrDefault(Desk.LINE, List.of());
        List<Stated> heads = stated.getOrDefault(Desk.HEAD, List.of()).stream()
                .filter(Stated::isSplit)
                .sorted(ORDER)
                .toList();
        Set<String> changed = heads.stream()
                .filter(h -> fresh.contains(h.taken))
                .map(h -> h.said.id())
                .collect(Collectors.toSet());
        Map<String, Stated> latest = new HashMap<>();
        lines.stream().filter(Stated::isSplit).sorted(ORDER).forEach(s -> latest.put(s.said.id(), s));
        Map<String, String> earliest = earliest(lines, fresh);
        lines.stream()
                .filter(s -> fresh.contains(s.taken)
                        || isToldAnew(s, earliest)
                        || latest.get(s.said.id()) == s && changed.contains(s.said.key()))
                .forEach(s -> {
                    s.factor = mapping.factor();
                    s.day = heads.stream()
                            .filter(h -> h.said.id().equals(s.said.key()))
                            .reduce((a, b) -> b)
                            .map(h -> h.said.value())
                            .orElse("1");
                });
    }

    /**
     * Rows of a table of silver: key, value, and of a table with history the days from and to. Order lines are those of each source; of what has
     * a key of its own the first source counts that says anything.
     *
     * @param sources what each source said, the first one first
     */
    static List<String> silver(Desk table, List<Model> sources) {
        List<String> rows = new ArrayList<>();
        if (table == Desk.LINE) {
            sources.forEach(source -> source.current(table).forEach((key, value) -> rows.add(key + "=" + value)));
        } else if (table == Desk.TERM) {
            Map<String, String> first = new TreeMap<>();
            sources.forEach(source -> source.current(table).forEach(first::putIfAbsent));
            first.forEach((key, value) -> rows.add(key + "=" + value));
        } else {
            together(sources.stream().map(source -> source.spans(table)).toList())
                    .forEach((key, spans) -> spans.forEach((from, value) -> {
                        if (value != null) {
                            rows.add("%s=%s from %s to %s".formatted(key, value, from, spans.higherKey(from)));
                        }
                    }));
        }
        rows.sort(null);
        return rows;
    }

    /** The spans of several sources as those of one, which says on each day what the first of them says that says anything. */
    private static Map<String, TreeMap<String, String>> together(List<Map<String, TreeMap<String, String>>> sources) {
        Map<String, TreeMap<String, String>> together = new TreeMap<>();
        Map<String, TreeSet<String>> days = new TreeMap<>();
        sources.forEach(source -> source.forEach(
                (key, spans) -> days.computeIfAbsent(key, k -> new TreeSet<>()).addAll(spans.keySet())));
        days.forEach((key, of) -> of.forEach(day -> give(
                together,
                key,
                day,
                sources.stream()
                        .map(source -> source.getOrDefault(key, new TreeMap<>()).floorEntry(day))
                        .filter(span -> span != null && span.getValue() != null)
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null))));
        return together;
    }

    /** File and line of the rows that stand in quarantine. */
    List<String> quarantine() {
        return stated.values().stream()
                .flatMap(List::stream)
                .filter(s -> s.taken.state == State.REFINED)
                .filter(s -> s.taken.file.table() == Desk.HEAD ? !s.isSplit() : !s.isGood())
                .map(s -> place(s.taken) + ":" + s.line)
                .sorted()
                .toList();
    }

    /** Each file that was taken in: its place in the order, its rows, and how far it has come. */
    List<String> extracts() {
        return taken.stream()
                .filter(t -> t.state != State.DUPLICATE)
                .map(t -> "%s %d rows %s".formatted(place(t), t.file.rows().size(), t.state))
                .sorted()
                .toList();
    }

    private static String place(Taken t) {
        return "%s %d %s".formatted(t.file.source(), t.delivery, t.file.path());
    }
}
