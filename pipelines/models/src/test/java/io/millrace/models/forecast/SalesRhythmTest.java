package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.forecast.SalesRhythm.Record;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SalesRhythmTest {

    /** Sales, last sale and how many share them, of 11,104 donors over six years: Fader, Hardie and Shang 2010, table 1. */
    private static final int[][] DONORS = {
        {6, 6, 1203}, {5, 6, 728}, {4, 6, 512}, {3, 6, 357}, {2, 6, 234}, {1, 6, 129}, {5, 5, 335}, {4, 5, 284},
        {3, 5, 225}, {2, 5, 173}, {1, 5, 119}, {4, 4, 240}, {3, 4, 181}, {2, 4, 155}, {1, 4, 78}, {3, 3, 322},
        {2, 3, 255}, {1, 3, 129}, {2, 2, 613}, {1, 2, 277}, {1, 1, 1091}, {0, 0, 3464}
    };

    private static Map<Record, Integer> donors() {
        Map<Record, Integer> records = new HashMap<>();
        for (int[] row : DONORS) {
            records.put(new Record(row[0], row[1], 6), row[2]);
        }
        return records;
    }

    @Test
    void findsThePublishedParametersOfTheDonors() {
        assertThat(Arrays.stream(DONORS).mapToInt(row -> row[2]).sum()).isEqualTo(11_104);
        SalesRhythm found = SalesRhythm.of(donors());
        assertThat(found.alpha()).isCloseTo(1.204, within(0.05));
        assertThat(found.beta()).isCloseTo(0.750, within(0.05));
        assertThat(found.gamma()).isCloseTo(0.657, within(0.05));
        assertThat(found.delta()).isCloseTo(2.783, within(0.3));
    }

    /** Every sequence of two further periods, added up by hand. */
    @Test
    void expectsWhatAllWaysToGoOnAddUpTo() {
        SalesRhythm rhythm = new SalesRhythm(1.2, 0.8, 0.7, 2.8);
        Record record = new Record(1, 2, 3);
        double[] expected = rhythm.expected(record, 2);
        SplittableRandom random = new SplittableRandom(4);
        double weight = 0;
        double[] sales = new double[2];
        for (int i = 0; i < 400_000; i++) {
            double p = beta(random, 1.2, 0.8);
            double q = beta(random, 0.7, 2.8);
            // The record is a period without, one with, one without a sale.
            double alive = (1 - q) * (1 - p) * (1 - q) * p;
            double stays = alive * (1 - q) * (1 - p);
            weight += stays + alive * q;
            sales[0] += stays * (1 - q) * p;
            sales[1] += stays * (1 - q) * (1 - q) * p;
        }
        assertThat(expected[0]).isCloseTo(sales[0] / weight, within(0.005));
        assertThat(expected[1]).isCloseTo(sales[1] / weight, within(0.005));
    }

    @Test
    void silenceFadesTheFasterTheMoreOftenItSold() {
        SalesRhythm rhythm = new SalesRhythm(1.0, 2.0, 0.5, 30);
        double often = rhythm.expected(new Record(20, 20, 40), 1)[0] / rhythm.expected(new Record(20, 40, 40), 1)[0];
        double seldom = rhythm.expected(new Record(2, 20, 40), 1)[0] / rhythm.expected(new Record(2, 40, 40), 1)[0];
        assertThat(often).isLessThan(0.2);
        assertThat(seldom).isGreaterThan(often);
    }

    @Test
    void aRecordIsCountedFromTheFirstSale() {
        assertThat(Record.of(new double[] {0, 3, 0, 5, 0})).isEqualTo(new Record(1, 2, 3));
        assertThat(Record.of(new double[3])).isNull();
        assertThat(SalesRhythm.of(Map.of())).isEqualTo(SalesRhythm.UNKNOWN);
    }

    /** By two gamma variables, each a sum of logarithms and a rejection for the rest: slow and obvious. */
    private static double beta(SplittableRandom random, double a, double b) {
        while (true) {
            double u = Math.pow(random.nextDouble(), 1 / a);
            double v = Math.pow(random.nextDouble(), 1 / b);
            if (u + v <= 1 && u + v > 0) {
                return u / (u + v);
            }
        }
    }
}
