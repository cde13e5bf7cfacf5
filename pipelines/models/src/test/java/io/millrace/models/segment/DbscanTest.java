package io.millrace.models.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Density clustering against the textbook's, which looks at every pair. */
class DbscanTest {

    private static double[][] rows(int count, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double[] row = new double[width];
                    int blob = random.nextInt(3);
                    Arrays.setAll(row, j -> i % 10 == 0 ? 12 * random.nextDouble() : 4 * blob + random.nextGaussian());
                    return row;
                })
                .toArray(double[][]::new);
    }

    /** Core rows by their neighbours, groups of core rows by what can be reached. */
    private record Textbook(boolean[] core, int[] groups, int count) {

        static Textbook of(double[][] rows, double eps, int least) {
            boolean[] core = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                double[] row = rows[i];
                core[i] = Arrays.stream(rows)
                                .filter(other -> Geometry.squared(row, other) <= eps * eps)
                                .count()
                        >= least;
            }
            int[] groups = new int[rows.length];
            Arrays.fill(groups, -1);
            int count = 0;
            for (int i = 0; i < rows.length; i++) {
                if (core[i] && groups[i] < 0) {
                    Deque<Integer> open = new ArrayDeque<>();
                    open.push(i);
                    groups[i] = count;
                    while (!open.isEmpty()) {
                        int at = open.pop();
                        for (int j = 0; j < rows.length; j++) {
                            if (core[j] && groups[j] < 0 && Geometry.squared(rows[at], rows[j]) <= eps * eps) {
                                groups[j] = count;
                                open.push(j);
                            }
                        }
                    }
                    count++;
                }
            }
            return new Textbook(core, groups, count);
        }
    }

    @ParameterizedTest
    @CsvSource({"2,0.4,4", "2,1.0,8", "3,0.9,6", "1,0.05,5", "5,2.0,10", "2,0.01,2", "2,100,4"})
    void itFindsWhatTheTextbookFinds(int width, double eps, int least) {
        double[][] rows = rows(400, width, 7);
        // Rows that are there twice, and on the edge of a cell.
        rows[1] = rows[0].clone();
        Arrays.fill(rows[2], 0);
        Textbook expected = Textbook.of(rows, eps, least);
        Dbscan.Found found = new Dbscan().fit(rows, eps, least);

        assertThat(found.count()).isEqualTo(expected.count());
        int[] core =
                IntStream.range(0, rows.length).filter(i -> expected.core()[i]).toArray();
        assertThat(IntStream.range(0, rows.length).filter(found::isCore).toArray())
                .isEqualTo(core);
        assertThat(ClusterMetrics.adjustedRand(at(found.groups(), core), at(expected.groups(), core)))
                .isEqualTo(1);
        for (int i = 0; i < rows.length; i++) {
            if (!expected.core()[i]) {
                assertThat(found.groups()[i]).isEqualTo(ofNearestCore(rows, i, eps, found));
            }
        }
    }

    private static int ofNearestCore(double[][] rows, int row, double eps, Dbscan.Found found) {
        int group = -1;
        double least = eps * eps;
        for (int j = 0; j < rows.length; j++) {
            double distance = Geometry.squared(rows[row], rows[j]);
            if (found.isCore(j) && (distance < least || distance == least && group < 0)) {
                least = distance;
                group = found.groups()[j];
            }
        }
        return group;
    }

    private static int[] at(int[] values, int[] places) {
        return Arrays.stream(places).map(i -> values[i]).toArray();
    }
}
