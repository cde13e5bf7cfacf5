package io.millrace.models.forecast;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The combination of methods that suits a series. Each candidate of the series' class of demand is backtested by rolling origin, and
 * the shares are those of the least squared error over three things: what the series' own past shows, what its class in the company
 * shows, and a stated prior. The shorter the history that was tested, the more the prior and the class decide, so that the luckiest method of
 * one short window has no say.
 *
 * <p>Three sales or fewer tell no method from another: such a series is forecast by the company's rate.
 *
 * @param seasonality points in a season, 1 for none
 * @param company     what the other series teach
 */
record AutomaticForecaster(int seasonality, CompanyLessons company) implements Forecaster {

    static final RollingOrigin VALIDATION = new RollingOrigin(8);

    /** Windows of its own past as which the class counts. */
    private static final double OF_CLASS = 2;
    /** The same where demand has gaps, and a window of one series says next to nothing. */
    private static final double OF_SPARSE_CLASS = 8;
    /** How hard the prior pulls after one tested horizon, in units of the methods' squared error. */
    private static final double PULL = 1;

    /** A new choice has to be better than the one that stands by this share of the loss. */
    private static final double MARGIN = 0.05;

    private static final double LEAST_WINDOWS = 0.25;
    private static final double LEAST_SHARE = 0.01;
    private static final int FEW_SALES = 3;

    AutomaticForecaster {
        Seasonality.check(seasonality);
    }

    @Override
    public String name() {
        return "automatic";
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        AutomaticForecaster inUnit = new AutomaticForecaster(seasonality, company.inUnit(Normalised.exponent(history)));
        return Normalised.forecast(
                history,
                horizon,
                (values, steps) -> inUnit.choose(values, steps).chosen().forecast());
    }

    /**
     * The candidates, tested.
     *
     * @param backtests one for each candidate
     * @param products  what they got wrong
     */
    record Tested(DemandClass kind, Candidates candidates, List<Backtest> backtests, ErrorProducts products) {

        int[] cuts() {
            return backtests.get(0).cuts();
        }

        CompanyLessons.Peers peers() {
            return new CompanyLessons.Peers(kind, candidates.names());
        }
    }

    Tested test(double[] history, int horizon) {
        DemandClass kind = DemandClass.of(history);
        Candidates candidates = candidates(kind, history, horizon);
        int[] cuts = VALIDATION.cuts(history.length, horizon, candidates.before());
        List<Backtest> backtests = candidates.methods().stream()
                .map(method -> Backtest.run(method, history, horizon, cuts))
                .toList();
        return new Tested(kind, candidates, backtests, ErrorProducts.of(backtests, !Candidates.isSparse(kind)));
    }

    private Candidates candidates(DemandClass kind, double[] history, int horizon) {
        PooledRate pooled = hasNegative(history) ? null : company.pooledRate();
        boolean known = company != CompanyLessons.NONE || kind == DemandClass.RARE;
        if (pooled != null && known && sales(history) <= FEW_SALES) {
            return new Candidates(List.of(pooled), new double[] {1}, 1);
        }
        return Candidates.of(kind, seasonality, history, horizon, pooled);
    }

    /** Tests the candidates and weighs them. */
    Choice choose(double[] history, int horizon) {
        return choose(test(history, horizon), Map.of());
    }

    /**
     * Weighs tested candidates.
     *
     * @param standing shares of the last choice, which stands unless another is better by a margin; empty if there is none
     */
    Choice choose(Tested tested, Map<String, Double> standing) {
        double[] shares = shares(tested, standing);
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > LEAST_SHARE) {
                named.put(tested.backtests().get(i).name(), shares[i]);
            }
        }
        String name = named.size() == 1 ? named.keySet().iterator().next() : "combination";
        Backtest combined = Backtest.combine(name, tested.backtests(), shares);
        return new Choice(
                tested.kind(),
                company.boosting().corrected(caseOf(tested, combined)),
                tested.backtests(),
                named,
                !standing.isEmpty() && named.equals(standing));
    }

    /** A combination beside the one that is usual in the series' class. */
    PooledBoosting.Case caseOf(Tested tested, Backtest combined) {
        double[] prior = tested.candidates().prior();
        ErrorProducts peers = company.products().get(tested.peers());
        double[] usual =
                peers == null ? prior : peers.leastSquares(prior, PULL / Math.max(LEAST_WINDOWS, peers.windows()));
        return new PooledBoosting.Case(tested, combined, Backtest.combine("usual", tested.backtests(), usual));
    }

    private double[] shares(Tested tested, Map<String, Double> standing) {
        double[] prior = tested.candidates().prior();
        ErrorProducts peers = company.products().get(tested.peers());
        if (tested.cuts().length == 0 && peers == null || tested.backtests().size() == 1) {
            return prior;
        }
        double ofClass = Candidates.isSparse(tested.kind()) ? OF_SPARSE_CLASS : OF_CLASS;
        ErrorProducts evidence =
                peers == null ? tested.products() : tested.products().with(peers, ofClass);
        double pull = PULL / Math.max(LEAST_WINDOWS, tested.products().windows());
        double[] best = whole(evidence.leastSquares(prior, pull));
        double[] stands = tested.candidates().shares(standing);
        boolean keeps = stands.length > 0
                && evidence.loss(stands, prior, pull) <= (1 + MARGIN) * evidence.loss(best, prior, pull);
        return keeps ? stands : best;
    }

    /** Shares too small to be named are dropped, the others make up for them. */
    private static double[] whole(double[] shares) {
        double kept = Arrays.stream(shares).filter(share -> share > LEAST_SHARE).sum();
        return Arrays.stream(shares)
                .map(share -> share > LEAST_SHARE ? share / kept : 0)
                .toArray();
    }

    static boolean hasNegative(double[] values) {
        for (double value : values) {
            if (value < 0) {
                return true;
            }
        }
        return false;
    }

    private static int sales(double[] history) {
        int sales = 0;
        for (double value : history) {
            sales += value != 0 ? 1 : 0;
        }
        return sales;
    }

    /**
     * @param kind      class of the series' demand
     * @param chosen    backtest of the combination, with what the company's other series correct of it
     * @param backtests of the candidates, in their order
     * @param shares    of those that take part, 1 in all
     * @param stands    whether they are those of the last choice
     */
    record Choice(
            DemandClass kind, Backtest chosen, List<Backtest> backtests, Map<String, Double> shares, boolean stands) {}
}
