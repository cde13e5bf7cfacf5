package io.millrace.nightly.churn;

import io.millrace.models.churn.TrainingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up rows whose law is known, so that what is learned can be compared with it. */
final class Shoppers {

    static final List<String> FEATURES = List.of("recency_days", "frequency_90d", "rating", "noise");

    private Shoppers() {}

    /**
     * Customers on several days. Leaving depends on recency, on whether the frequency lies between two bounds, which no
     * straight line tells, and on a rating that is often missing.
     */
    static TrainingSet history(int customers, int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = customers * days;
        double[][] rows = new double[size][];
        int[] labels = new int[size];
        String[] groups = new String[size];
        long[] epochDays = new long[size];
        for (int i = 0; i < size; i++) {
            double recency = random.nextInt(180);
            double frequency = random.nextInt(12);
            double rating = 1 + random.nextInt(5);
            double logOdds = (recency - 90) / 30 + (frequency > 3 && frequency < 8 ? 2 : -1) - (rating - 3) * 0.6;
            rows[i] =
                    new double[] {recency, frequency, random.nextInt(3) == 0 ? Double.NaN : rating, random.nextDouble()
                    };
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
            groups[i] = "c" + i % customers;
            epochDays[i] = 20_000 + 30L * (i / customers);
        }
        return new TrainingSet(FEATURES, rows, labels, groups, epochDays);
    }

    /** A customer's purchase: who, on which day counted from a first one. */
    record Purchase(String customer, int day) {}

    /** Purchases over some days of customers who buy often or seldom, either regularly, and of whom some stop for good. */
    static List<Purchase> purchases(int customers, int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Purchase> purchases = new ArrayList<>();
        for (int c = 0; c < customers; c++) {
            int gap = random.nextBoolean() ? 4 : 40;
            int end = days / 2 + random.nextInt(7 * days / 10);
            for (int day = random.nextInt(60); day < Math.min(days, end); day += gap + random.nextInt(1 + gap / 4)) {
                purchases.add(new Purchase("c" + c, day));
            }
        }
        return purchases;
    }
}
