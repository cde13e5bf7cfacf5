package io.millrace.models.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Weights of members, none of them below 0, by a solver that does not know of that: what would get less gets 0, the least first. */
public final class NotNegative {

    private NotNegative() {}

    /**
     * The weights.
     *
     * @param members how many there are
     * @param solver  for the numbers of the members that count, ascending and maybe none: a weight for each, and what else it finds behind
     * @return a weight for each member, and what else was found with these
     */
    public static double[] weights(int members, Function<List<Integer>, double[]> solver) {
        List<Integer> counted =
                new ArrayList<>(IntStream.range(0, members).boxed().toList());
        while (true) {
            double[] solved = solver.apply(counted);
            Optional<Integer> least = IntStream.range(0, counted.size())
                    .boxed()
                    .filter(m -> solved[m] < 0)
                    .min(Comparator.comparingDouble(m -> solved[m]));
            if (least.isEmpty()) {
                double[] all = new double[members + solved.length - counted.size()];
                for (int m = 0; m < counted.size(); m++) {
                    all[counted.get(m)] = solved[m];
                }
                System.arraycopy(solved, counted.size(), all, members, solved.length - counted.size());
                return all;
            }
            counted.remove((int) least.get());
        }
    }
}
