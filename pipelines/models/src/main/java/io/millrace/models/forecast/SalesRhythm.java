package io.millrace.models.forecast;

import io.millrace.models.search.NelderMead;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often things sell, learned from all that a company sells: each has a probability of selling in a period and one of being
 * gone after it, both drawn from beta distributions (BG/BB: Fader, Hardie and Shang, "Customer-base analysis in a discrete-time
 * noncontractual setting", 2010). So a thing that sold once in so many periods is expected to do what things like it did, and one
 * that fell silent fades, the faster the more often it used to sell.
 *
 * @param alpha of the probability of selling, above 0
 * @param beta  of the probability of selling, above 0
 * @param gamma of the probability of being gone, above 0
 * @param delta of the probability of being gone, above 0
 */
record SalesRhythm(double alpha, double beta, double gamma, double delta) implements Serializable {

    /** Few repeat sales, a slow end: what is assumed of a company that has shown nothing yet. */
    static final SalesRhythm UNKNOWN = new SalesRhythm(0.5, 4.5, 0.5, 50);

    private static final double LEAST = 1e-3;
    private static final double MOST = 1e4;

    /**
     * What is known of one thing's rhythm, counted from its first sale.
     *
     * @param sales   periods with a sale after the first one
     * @param last    periods from the first to the last sale
     * @param periods periods after the first sale
     */
    record Record(int sales, int last, int periods) implements Comparable<Record>, Serializable {

        /** The record of a history; its first point other than 0 is the first sale. Null where there is none. */
        static Record of(double[] history) {
            int first = 0;
            while (first < history.length && history[first] == 0) {
                first++;
            }
            if (first == history.length) {
                return null;
            }
            int sales = 0;
            int last = first;
            for (int t = first + 1; t < history.length; t++) {
                if (history[t] != 0) {
                    sales++;
                    last = t;
                }
            }
            return new Record(sales, last - first, history.length - 1 - first);
        }

        @Override
        public int compareTo(Record other) {
            int byPeriods = Integer.compare(periods, other.periods);
            int bySales = Integer.compare(sales, other.sales);
            return byPeriods != 0 ? byPeriods : bySales != 0 ? bySales : Integer.compare(last, other.last);
        }
    }

    /** The rhythm under which the records are most likely; each with the number of things that share it. */
    static SalesRhythm of(Map<Record, Integer> records) {
        List<Map.Entry<Record, Integer>> all = new ArrayList<>(new TreeMap<>(records).entrySet());
        all.removeIf(entry -> entry.getKey().periods() == 0);
        if (all.isEmpty()) {
            return UNKNOWN;
        }
        double[] start = new double[4];
        double[] best = NelderMead.minimise(x -> -at(x).logLikelihood(all), start, 0.7, 1e-3, 400);
        return at(best);
    }

    private static SalesRhythm at(double[] x) {
        return new SalesRhythm(
                within(UNKNOWN.alpha * Math.exp(x[0])),
                within(UNKNOWN.beta * Math.exp(x[1])),
                within(UNKNOWN.gamma * Math.exp(x[2])),
                within(UNKNOWN.delta * Math.exp(x[3])));
    }

    private static double within(double parameter) {
        return Math.max(LEAST, Math.min(MOST, parameter));
    }

    private double logLikelihood(List<Map.Entry<Record, Integer>> records) {
        int longest = records.get(records.size() - 1).getKey().periods();
        Tables tables = new Tables(longest + 1);
        double sum = 0;
        for (Map.Entry<Record, Integer> entry : records) {
            sum += entry.getValue() * Math.log(tables.likelihood(entry.getKey()));
        }
        // A weak pull keeps what the records do not tell near what is assumed without them.
        double pull =
                sq(alpha, UNKNOWN.alpha) + sq(beta, UNKNOWN.beta) + sq(gamma, UNKNOWN.gamma) + sq(delta, UNKNOWN.delta);
        return sum - pull;
    }

    private static double sq(double value, double usual) {
        double log = Math.log(value / usual) / 3;
        return log * log / 2;
    }

    /** The probability of a sale in each of the {@code horizon} periods after the record. */
    double[] expected(Record record, int horizon) {
        Tables tables = new Tables(record.periods() + horizon + 1);
        int n = record.periods();
        double likelihood = tables.likelihood(record);
        double sell = Math.exp(tables.logA[record.sales() + 1] + tables.logB[n - record.sales()] - tables.logAB[n + 1]);
        double[] expected = new double[horizon];
        for (int j = 0; j < horizon; j++) {
            // The probability of being there still, at the end of the period.
            double there = Math.exp(tables.logD[n + j + 1] - tables.logGD[n + j + 1]);
            expected[j] = Math.min(1, sell * there / likelihood);
        }
        return expected;
    }

    /** Logarithms of rising factorials, of which every beta function here is made. */
    private final class Tables {
        private final double[] logA;
        private final double[] logB;
        private final double[] logAB;
        private final double[] logD;
        private final double[] logGD;

        Tables(int size) {
            logA = rising(alpha, size);
            logB = rising(beta, size);
            logAB = rising(alpha + beta, size);
            logD = rising(delta, size);
            logGD = rising(gamma + delta, size);
        }

        private static double[] rising(double from, int size) {
            double[] logs = new double[size + 1];
            for (int i = 0; i < size; i++) {
                logs[i + 1] = logs[i] + Math.log(from + i);
            }
            return logs;
        }

        /** The probability of the record's very sequence of periods with and without a sale. */
        double likelihood(Record r) {
            double sum = sequence(r.sales(), r.periods()) * Math.exp(logD[r.periods()] - logGD[r.periods()]);
            for (int end = r.last(); end < r.periods(); end++) {
                sum += sequence(r.sales(), end) * Math.exp(Math.log(gamma) + logD[end] - logGD[end + 1]);
            }
            return sum;
        }

        private double sequence(int sales, int periods) {
            return Math.exp(logA[sales] + logB[periods - sales] - logAB[periods]);
        }
    }
}
