package io.millrace.nightly.histories;

import io.millrace.nightly.histories.Step.Deliver;
import io.millrace.nightly.histories.Step.Kind;
import io.millrace.nightly.histories.Step.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Histories that nobody thought of, and the shortest one that shows what such a history found. */
final class Histories {

    private static final List<String> DATES = List.of("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04");
    private static final int LONGEST = 8;
    private static final int SIDE_EFFECTS = 24;

    private final Random random;
    private final Random sources;
    private final int several;

    private Histories(long seed, int several) {
        this.random = new Random(seed * 7919 + 17);
        this.sources = new Random(seed);
        this.several = several;
    }

    /**
     * The history of a seed: deliveries of one or two tables, nights, and in the end a night of the last date.
     *
     * @param sources how many sources deliver, of those in {@link Desk#SOURCES}
     */
    static List<Step> of(long seed, int sources) {
        return new Histories(seed, sources).make();
    }

    /** The same history of one source in which somebody changes mappings, breaks and mends them, and has all mapped anew. */
    static List<Step> corrected(long seed) {
        Random random = new Random(seed * 104729 + 3);
        List<Step> steps = new ArrayList<>();
        for (Step step : of(seed, 1)) {
            if (step instanceof Step.Run && random.nextInt(2) == 0) {
                steps.add(new Step.Change(Step.Mapping.values()[random.nextInt(Step.Mapping.values().length)]));
            }
            steps.add(step);
            if (step instanceof Step.Run && random.nextInt(4) == 0) {
                steps.add(new Step.Remap());
            }
        }
        return steps;
    }

    private List<Step> make() {
        Desk[] all = {Desk.ART, Desk.TERM, Desk.LINE, Desk.LINE};
        Desk table = all[random.nextInt(all.length)];
        List<Step> steps = new ArrayList<>();
        int length = 3 + random.nextInt(LONGEST - 2);
        for (int i = 0; i < length; i++) {
            double what = random.nextDouble();
            if (what < 0.55) {
                steps.add(delivery(table == Desk.LINE && random.nextInt(4) == 0 ? Desk.HEAD : table, steps));
            } else if (what < 0.95) {
                int dies = random.nextInt(3) == 0 ? 1 + random.nextInt(SIDE_EFFECTS) : 0;
                String date = random.nextInt(3) == 0 ? any(DATES) : DATES.get(DATES.size() - 1);
                steps.add(new Step.Run(date, dies, random.nextInt(6) == 0));
            } else {
                steps.add(new Step.Remap());
            }
        }
        steps.add(new Step.Run(DATES.get(DATES.size() - 1), 0, false));
        return steps;
    }

    private Step delivery(Desk table, List<Step> before) {
        String source = Desk.SOURCES.get(sources.nextInt(several));
        List<Deliver> earlier = before.stream()
                .filter(s -> s instanceof Deliver d
                        && d.table() == table
                        && d.source().equals(source))
                .map(Deliver.class::cast)
                .toList();
        if (!earlier.isEmpty() && random.nextInt(6) == 0) {
            // What was said once is said again.
            Deliver again = any(earlier);
            return new Deliver(source, table, again.date(), again.name(), again.mode(), again.rows());
        }
        String date = any(DATES);
        boolean isWhole = table == Desk.ART || table == Desk.TERM;
        String mode = earlier.stream()
                .filter(d -> d.date().equals(date))
                .map(Deliver::mode)
                .findFirst()
                .orElse(isWhole && random.nextInt(4) > 0 ? "full" : "delta");
        String name = table.table() + (random.nextInt(3) == 0 ? ".2.csv" : ".csv");
        List<Said> rows = new ArrayList<>();
        int most = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(4);
        for (int i = 0; i < most; i++) {
            rows.add(said(table));
        }
        return new Deliver(source, table, date, name, mode, rows);
    }

    private Said said(Desk table) {
        String id = (table == Desk.HEAD ? "O" : table == Desk.LINE ? "" : "P") + (1 + random.nextInt(4));
        String key = table == Desk.LINE ? "O" + (random.nextInt(4) == 0 ? "1" + id : id) : id;
        String value = String.valueOf(1 + random.nextInt(table == Desk.HEAD ? 9 : 3));
        int what = random.nextInt(20);
        Kind kind = table == Desk.HEAD
                ? what == 0 ? Kind.MALFORMED : Kind.GOOD
                : switch (what) {
                    case 0 -> Kind.MALFORMED;
                    case 1 -> Kind.KEYLESS;
                    case 2, 3 -> Kind.BAD;
                    case 4, 5 -> table == Desk.LINE ? Kind.GONE : Kind.GOOD;
                    default -> Kind.GOOD;
                };
        return new Said(kind, id, key, value);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A history without any step, or row, that it does not take to fail. */
    static List<Step> shortest(List<Step> failing, Predicate<List<Step>> fails) {
        List<Step> shortest = failing;
        boolean isShorter = true;
        while (isShorter) {
            isShorter = false;
            for (List<Step> candidate : shorter(shortest)) {
                if (fails.test(candidate)) {
                    shortest = candidate;
                    isShorter = true;
                    break;
                }
            }
        }
        return shortest;
    }

    private static List<List<Step>> shorter(List<Step> steps) {
        List<List<Step>> shorter = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            List<Step> without = new ArrayList<>(steps);
            without.remove(i);
            if (without.stream().anyMatch(s -> s instanceof Step.Run)) {
                shorter.add(without);
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Run run && run.dies() > 0) {
                shorter.add(with(steps, i, new Step.Run(run.date(), 0, run.accepts())));
            }
            if (steps.get(i) instanceof Deliver d) {
                for (int j = 0; j < d.rows().size(); j++) {
                    List<Said> rows = new ArrayList<>(d.rows());
                    rows.remove(j);
                    shorter.add(with(steps, i, new Deliver(d.source(), d.table(), d.date(), d.name(), d.mode(), rows)));
                }
            }
        }
        return shorter;
    }

    private static List<Step> with(List<Step> steps, int place, Step other) {
        List<Step> with = new ArrayList<>(steps);
        with.set(place, other);
        return with;
    }
}
