package io.millrace.models.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Learns what customers will be worth.
 *
 * <p>BG/NBD is taken as first published, or in its modified form where that is surely likelier. Then the trainer looks back once: it fits to what was known a horizon before the last day
 * (half of the history before where it is shorter), and sees by least squares which share of {@linkplain ValueModel#usual what was usual until then} would have come
 * nearest to what was bought since. Seasons, growth and customers older than the data are not in the model, and this lets them speak; where
 * the model is better without, the share is 0.
 *
 * @param horizon  days after the last day that are looked at, 1 or more
 * @param discount by which money is worth less in a year, 0 or more
 */
public record ValueTrainer(int horizon, double discount) {

    /** Fewer customers who bought again tell nothing about four parameters. */
    public static final int FEWEST_REPEATERS = 20;

    /** Quantile of the normal distribution at 95 %. */
    private static final double SURELY = 1.645;

    /** Days below which a look back tells nothing. */
    private static final int SHORTEST_LOOK = 14;

    /** Customers whose likelihood is looked at, at most; more of them do not change what is told of the parameters. */
    public static final int MOST_CUSTOMERS = 25_000;

    /** At most {@link #MOST_CUSTOMERS} of the customers, drawn at random where there are more. */
    public static List<Purchases> sample(List<Purchases> customers, long seed) {
        if (customers.size() <= MOST_CUSTOMERS) {
            return customers;
        }
        List<Purchases> shuffled = new ArrayList<>(customers);
        Collections.shuffle(shuffled, new Random(seed));
        return List.copyOf(shuffled.subList(0, MOST_CUSTOMERS));
    }

    /** Why nothing can be learned from purchases up to a day; empty if it can. */
    public static Optional<String> lacking(List<Purchases> customers, int until) {
        long repeaters = customers.stream().filter(c -> c.until(until) > 1).count();
        return repeaters >= FEWEST_REPEATERS
                ? Optional.empty()
                : Optional.of("%,d of %,d customers bought on more than one day, and at least %d are needed"
                        .formatted(repeaters, customers.size(), FEWEST_REPEATERS));
    }

    /**
     * Learns from purchases up to a day.
     *
     * @param customers who bought by then
     * @throws IllegalArgumentException with the reason where something is {@linkplain #lacking lacking}
     */
    public ValueModel learn(List<Purchases> customers, int until) {
        lacking(customers, until).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        int since = customers.stream().mapToInt(Purchases::firstDay).min().orElseThrow();
        int look = Math.min(horizon, (until - since + 1) / 2);
        return new ValueModel(
                purchases(customers, until),
                spend(customers, until),
                habit(customers, since, until - look, look),
                since,
                until,
                horizon,
                discount);
    }

    /** The first form of BG/NBD, or the modified one where it is surely likelier. */
    private static PurchaseModel purchases(List<Purchases> customers, int until) {
        PurchaseHistories histories = histories(customers, until);
        BgNbd first = BgNbd.fit(histories, false);
        BgNbd modified = BgNbd.fit(histories, true);
        return isSurelyLikelier(modified, first, histories) ? modified : first;
    }

    /** The test of Vuong, "Likelihood ratio tests for model selection and non-nested hypotheses", 1989, one-sided at 95 %. */
    static boolean isSurelyLikelier(PurchaseModel model, PurchaseModel than, PurchaseHistories histories) {
        double[] ours = model.logLikelihoods(histories);
        double[] theirs = than.logLikelihoods(histories);
        double count = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < ours.length; i++) {
            double gain = ours[i] - theirs[i];
            count += histories.customers()[i];
            sum += histories.customers()[i] * gain;
            squares += histories.customers()[i] * gain * gain;
        }
        return sum > SURELY * Math.sqrt(Math.max(0, squares - sum * sum / count));
    }

    private static PurchaseHistories histories(List<Purchases> customers, int until) {
        return PurchaseHistories.of(
                customers.stream().map(c -> c.history(until)).toList());
    }

    /** The models one by one, each with its likelihood, for whoever wants to see them side by side. */
    public static List<Fitted> each(List<Purchases> customers, int until) {
        PurchaseHistories histories = histories(customers, until);
        return List.<PurchaseModel>of(BgNbd.fit(histories, false), BgNbd.fit(histories, true), ParetoNbd.fit(histories))
                .stream()
                .map(model -> new Fitted(model, model.logLikelihood(histories)))
                .toList();
    }

    /** A model and the logarithm of its likelihood. */
    public record Fitted(PurchaseModel model, double logLikelihood) {}

    /** By repeat purchases, as the paper has it; the mean of all for everybody where few have any. */
    private static GammaGamma spend(List<Purchases> customers, int until) {
        List<GammaGamma.Spent> spent = customers.stream()
                .map(c -> new GammaGamma.Spent(c.until(until) - 1, c.meanRepeat(until)))
                .filter(s -> s.purchases() > 0 && s.mean() > 0)
                .toList();
        if (spent.size() >= FEWEST_REPEATERS) {
            return GammaGamma.fit(spent);
        }
        double amount = customers.stream()
                .mapToDouble(c -> c.amountBetween(c.firstDay() - 1, until))
                .sum();
        return GammaGamma.ofMean(
                amount / customers.stream().mapToInt(c -> c.until(until)).sum());
    }

    private static double habit(List<Purchases> all, int since, int cut, int look) {
        List<Purchases> customers =
                all.stream().filter(c -> c.firstDay() <= cut).toList();
        if (look < SHORTEST_LOOK || lacking(customers, cut).isPresent()) {
            return 0;
        }
        ValueModel then = new ValueModel(purchases(customers, cut), GammaGamma.ofMean(0), 0, since, cut, look, 0);
        double along = 0;
        double length = 0;
        for (Purchases customer : customers) {
            double expected = then.outlook(customer).purchases();
            double step = then.usual(customer) - expected;
            along += step * (customer.between(cut, cut + look) - expected);
            length += step * step;
        }
        return length > 0 ? Math.max(0, Math.min(1, along / length)) : 0;
    }
}
