package io.millrace.nightly.campaign;

import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Problems;
import io.millrace.models.policy.ContactLog;
import io.millrace.models.policy.PolicyEvaluation;
import io.millrace.nightly.evaluate.ColumnRole;
import io.millrace.nightly.evaluate.CsvTable;
import io.millrace.nightly.evaluate.TableEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A log of contacts as a file of comma-separated values holds it, a row each. What cannot be judged is left out, counted and told of.
 *
 * @param log     the rows that can be judged, the cost of each action deducted from its reward
 * @param rows    data rows of the file
 * @param remarks a sentence for each kind of row, each column and each action that is left out
 */
record ContactFile(ContactLog log, long rows, List<String> remarks) {

    /** Actions that are judged, at most: the most frequent ones. */
    private static final int MOST_ACTIONS = 50;

    /** Share of propensities above 1 from which on they are no probabilities. */
    private static final double MOST_ABOVE_ONE = 0.01;

    private static final Map<String, String> WORDS = Map.of("true", "1", "false", "0", "yes", "1", "no", "0");

    /**
     * The columns.
     *
     * @param context    what was known of a customer, at least one
     * @param action     what was done
     * @param reward     what came of it
     * @param propensity probability with which the action had been chosen, or null if nobody logged it
     */
    record Columns(List<String> context, String action, String reward, String propensity) {

        /** Refuses a column that has two roles. */
        Columns {
            context = List.copyOf(context);
            Set<String> seen = new HashSet<>();
            List<String> all = new ArrayList<>(context);
            all.add(action);
            all.add(reward);
            if (propensity != null) {
                all.add(propensity);
            }
            all.stream().filter(column -> !seen.add(column)).findFirst().ifPresent(column -> {
                throw Failure.usage(
                        "'%s' is named twice among --context, --action, --reward and --propensity".formatted(column));
            });
        }
    }

    /** Why a row is left out. */
    private enum Why {
        ACTION("without an action"),
        REWARD("whose reward is no number"),
        PROPENSITY("whose propensity is not above 0 and at most 1");

        private final String text;

        Why(String text) {
            this.text = text;
        }
    }

    private record LeftOut(int rows, int first, String example) {}

    /**
     * Reads a file, UTF-8; packed with gzip if its name ends in {@code .gz}.
     *
     * @param costs of an action, by name; others cost nothing
     * @throws Failure of kind USAGE for columns or actions that are not there, of kind DATA for a file that cannot be judged
     */
    static ContactFile read(Path file, Columns columns, Map<String, Double> costs) {
        return new Reader(file, columns).read(costs);
    }

    int rowsLeftOut() {
        return (int) (rows - log.size());
    }

    private static final class Reader {
        private final Path file;
        private final Columns columns;
        private final CsvTable table;
        private final int actionAt;
        private final int rewardAt;
        private final int propensityAt;
        private final int[] contextAt;
        private final Map<Why, LeftOut> leftOut = new EnumMap<>(Why.class);
        private final List<String> remarks = new ArrayList<>();

        Reader(Path file, Columns columns) {
            this.file = file;
            this.columns = columns;
            this.table = CsvTable.read(file);
            this.actionAt = table.place(file, "--action", columns.action());
            this.rewardAt = table.place(file, "--reward", columns.reward());
            this.propensityAt =
                    columns.propensity() == null ? -1 : table.place(file, "--propensity", columns.propensity());
            this.contextAt = columns.context().stream()
                    .mapToInt(column -> table.place(file, "--context", column))
                    .toArray();
        }

        ContactFile read(Map<String, Double> costs) {
            if (propensityAt >= 0) {
                requireProbabilities();
            }
            List<String[]> kept = kept();
            String[] actions = kept.stream().map(r -> r[actionAt].strip()).toArray(String[]::new);
            requireKnown(costs, Set.of(Arrays.stream(actions).distinct().toArray(String[]::new)));
            List<String> judged = judged(actions);
            TableEncoder contexts = contexts(kept);
            double[] rewards = new double[actions.length];
            for (int i = 0; i < rewards.length; i++) {
                rewards[i] = reward(kept.get(i)) - costs.getOrDefault(actions[i], 0.0);
            }
            double[] propensities = propensityAt < 0
                    ? new double[0]
                    : kept.stream()
                            .mapToDouble(r -> ColumnRole.number(r[propensityAt]))
                            .toArray();
            ContactLog log = new ContactLog(
                    contexts.features(),
                    contexts.encode(kept.stream().map(this::context).toList()),
                    judged,
                    Arrays.stream(actions).mapToInt(judged::indexOf).toArray(),
                    rewards,
                    propensities);
            return new ContactFile(log, table.rows().size(), List.copyOf(remarks));
        }

        /** Percentages, say, of which those up to 1 would pass as probabilities. */
        private void requireProbabilities() {
            int[] above = IntStream.range(0, table.rows().size())
                    .filter(i -> ColumnRole.number(table.rows().get(i)[propensityAt]) > 1)
                    .toArray();
            if (above.length > MOST_ABOVE_ONE * table.rows().size()) {
                throw Failure.data(
                        "%s has %s above 1 in %,d of %,d records, such as %s in record %d; a propensity is the probability, above 0 and at most 1, with which the action of the record had been chosen. Maybe they are percentages"
                                .formatted(
                                        file,
                                        columns.propensity(),
                                        above.length,
                                        table.rows().size(),
                                        table.rows().get(above[0])[propensityAt],
                                        above[0] + 1));
            }
        }

        private List<String[]> kept() {
            List<String[]> kept = new ArrayList<>();
            for (int i = 0; i < table.rows().size(); i++) {
                String[] row = table.rows().get(i);
                if (ColumnRole.isMissing(row[actionAt])) {
                    leaveOut(Why.ACTION, i, row[actionAt]);
                } else if (Double.isNaN(reward(row))) {
                    leaveOut(Why.REWARD, i, row[rewardAt]);
                } else if (propensityAt >= 0 && !isPropensity(row[propensityAt])) {
                    leaveOut(Why.PROPENSITY, i, row[propensityAt]);
                } else {
                    kept.add(row);
                }
            }
            leftOut.forEach((why, rows) -> remarks.add("%,d of %,d rows are left out, %s: the first is record %d, '%s'"
                    .formatted(rows.rows(), table.rows().size(), why.text, rows.first(), rows.example())));
            if (kept.size() < (table.rows().size() + 1) / 2) {
                throw Failure.data("%s: most rows cannot be judged. %s".formatted(file, String.join("; ", remarks)));
            }
            return kept;
        }

        private void leaveOut(Why why, int at, String example) {
            LeftOut before = leftOut.get(why);
            leftOut.put(
                    why,
                    before == null
                            ? new LeftOut(1, at + 1, example)
                            : new LeftOut(before.rows() + 1, before.first(), before.example()));
        }

        private static boolean isPropensity(String text) {
            double propensity = ColumnRole.number(text);
            return propensity > 0 && propensity <= 1;
        }

        private double reward(String[] row) {
            String text = row[rewardAt].strip();
            return ColumnRole.number(WORDS.getOrDefault(text.toLowerCase(Locale.ROOT), text));
        }

        private String[] context(String[] row) {
            return IntStream.of(contextAt).mapToObj(c -> row[c]).toArray(String[]::new);
        }

        private void requireKnown(Map<String, Double> costs, Set<String> actions) {
            costs.forEach((action, cost) -> {
                if (!actions.contains(action)) {
                    throw Failure.usage("--action-cost names '%s'%s, which is no action of %s"
                            .formatted(action, Problems.didYouMean(action, actions), file));
                }
                if (!(cost >= 0 && Double.isFinite(cost))) {
                    throw Failure.usage("--action-cost of '%s' is %s; give 0 or more".formatted(action, cost));
                }
            });
        }

        /** The frequent actions, by name. */
        private List<String> judged(String[] actions) {
            Map<String, Integer> counts = new TreeMap<>();
            Arrays.stream(actions).forEach(action -> counts.merge(action, 1, Integer::sum));
            List<String> frequent = counts.entrySet().stream()
                    .filter(e -> e.getValue() >= PolicyEvaluation.FEWEST)
                    .sorted(Comparator.comparing((Map.Entry<String, Integer> e) -> -e.getValue()))
                    .limit(MOST_ACTIONS)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            List<String> rare = counts.entrySet().stream()
                    .filter(e -> !frequent.contains(e.getKey()))
                    .map(e -> "'%s' (%,d rows)".formatted(e.getKey(), e.getValue()))
                    .toList();
            if (frequent.size() < 2) {
                throw Failure.data(
                        "%s has fewer than two actions with %d rows or more in '%s', so there is nothing to choose from. Too rare: %s"
                                .formatted(
                                        file,
                                        PolicyEvaluation.FEWEST,
                                        columns.action(),
                                        rare.isEmpty()
                                                ? "none"
                                                : String.join(", ", rare.subList(0, Math.min(8, rare.size())))));
            }
            if (!rare.isEmpty()) {
                remarks.add("Too rare to be judged, so no policy takes them; their rows stay: "
                        + String.join(", ", rare.subList(0, Math.min(8, rare.size())))
                        + (rare.size() > 8 ? " and %,d more".formatted(rare.size() - 8) : ""));
            }
            return frequent;
        }

        private TableEncoder contexts(List<String[]> kept) {
            List<String[]> rows = kept.stream().map(this::context).toList();
            List<ColumnRole> roles = new ArrayList<>();
            for (int c = 0; c < contextAt.length; c++) {
                int column = c;
                List<String> values = rows.stream().map(r -> r[column]).toList();
                ColumnRole role = ColumnRole.of(values);
                // Whoever names a column of numbers as context means it, however many different ones there are.
                boolean numbers = role == ColumnRole.IDENTIFIER
                        && values.stream()
                                .allMatch(v -> ColumnRole.isMissing(v) || !Double.isNaN(ColumnRole.number(v)));
                roles.add(numbers ? ColumnRole.NUMBER : role);
                TableEncoder.leftOut(columns.context().get(c), roles.get(c), values)
                        .ifPresent(remarks::add);
            }
            TableEncoder encoder = new TableEncoder(columns.context(), roles, rows);
            if (encoder.features().isEmpty()) {
                throw Failure.data("%s has no context to learn from: %s".formatted(file, String.join("; ", remarks)));
            }
            return encoder;
        }
    }
}
