package io.millrace.models.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Customers drawn as the models have it. */
final class SimulatedCustomers {

    private final RandomGenerator random;

    SimulatedCustomers(int seed) {
        random = new Well19937c(seed);
    }

    double gamma(double shape, double scale) {
        return new GammaDistribution(random, shape, scale).sample();
    }

    /** A history of {@code age} weeks of a customer of BG/NBD. */
    PurchaseHistory bgNbd(BgNbd model, double age) {
        double rate = gamma(model.r(), 1 / model.alpha());
        double one = gamma(model.a(), 1);
        double stops = one / (one + gamma(model.b(), 1));
        int repeats = 0;
        double last = 0;
        boolean isAlive = !model.isModified() || random.nextDouble() >= stops;
        while (isAlive) {
            double next = last - Math.log(1 - random.nextDouble()) / rate;
            if (next > age) {
                break;
            }
            last = next;
            repeats++;
            isAlive = random.nextDouble() >= stops;
        }
        return new PurchaseHistory(repeats, last, age);
    }

    /** A history of {@code age} weeks of a customer of Pareto/NBD. */
    PurchaseHistory paretoNbd(ParetoNbd model, double age) {
        double rate = gamma(model.r(), 1 / model.alpha());
        double until = Math.min(age, -Math.log(1 - random.nextDouble()) / gamma(model.s(), 1 / model.beta()));
        int repeats = 0;
        double last = 0;
        while (true) {
            double next = last - Math.log(1 - random.nextDouble()) / rate;
            if (next > until) {
                return new PurchaseHistory(repeats, last, age);
            }
            last = next;
            repeats++;
        }
    }

    /** The mean of so many amounts of a customer of the gamma-gamma model. */
    GammaGamma.Spent spent(GammaGamma model, int purchases) {
        double scale = gamma(model.q(), 1 / model.gamma());
        return new GammaGamma.Spent(purchases, gamma(model.p() * purchases, 1 / scale) / purchases);
    }

    /**
     * Purchases on whole days of customers who came in the first 100 of {@code days}, buy for about {@code amount} at a rate of their own, and
     * stop after a purchase with a probability of a tenth.
     */
    static List<Purchases> shop(int customers, int days, double amount, long seed) {
        Random random = new Random(seed);
        List<Purchases> all = new ArrayList<>();
        for (int c = 0; c < customers; c++) {
            double rate = 0.01 + 0.1 * random.nextDouble() * random.nextDouble();
            double mean = amount * (0.5 + random.nextDouble());
            List<Integer> on = new ArrayList<>(List.of(random.nextInt(100)));
            boolean isAlive = true;
            for (int day = on.get(0) + 1; day <= days && isAlive; day++) {
                if (random.nextDouble() < rate) {
                    on.add(day);
                    isAlive = random.nextDouble() > 0.1;
                }
            }
            double[] amounts = IntStream.range(0, on.size())
                    .mapToDouble(i -> mean * (0.5 + random.nextDouble()))
                    .toArray();
            all.add(new Purchases(on.stream().mapToInt(d -> d).toArray(), amounts));
        }
        return all;
    }

    /** The same purchases without amounts. */
    static List<Purchases> free(List<Purchases> customers) {
        return customers.stream()
                .map(c -> new Purchases(
                        c.days(), Arrays.stream(c.amounts()).map(a -> 0).toArray()))
                .toList();
    }
}
