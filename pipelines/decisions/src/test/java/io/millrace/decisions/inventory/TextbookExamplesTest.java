package io.millrace.decisions.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * Worked examples of Snyder and Shen, Fundamentals of Supply Chain Theory, 2nd edition, by number, to more digits than the book
 * prints.
 */
class TextbookExamplesTest {

    private static final Percentage DIGITS = Percentage.withPercentage(1e-6);
    private static final Percentage SEARCHED = Percentage.withPercentage(1e-3);

    private static final NormalContinuousReview JOES =
            new NormalContinuousReview(8, 1300, new NormalDemand(1300 / 12.0, 150 / Math.sqrt(12)), 0.225, 7.5);
    private static final PoissonContinuousReview SLOW = new PoissonContinuousReview(100, 1.5, 2, 20, 150);
    private static final PeriodicReview WEEKLY = PeriodicReview.everyPeriod(DiscreteDemand.poisson(6), 5, 1, 4);

    @Test
    void example31EconomicOrderQuantity() {
        EconomicOrderQuantity model = new EconomicOrderQuantity(8, 1300, 0.225);
        assertThat(model.quantity()).isCloseTo(304.0467800264368, DIGITS);
        assertThat(model.optimalCost()).isCloseTo(68.41052550594827, DIGITS);
        assertThat(model.cost(250)).isCloseTo(69.725, DIGITS);
    }

    @Test
    void example38PlannedBackorders() {
        BackorderedOrderQuantity model = new BackorderedOrderQuantity(8, 1300, 0.225, 5);
        assertThat(model.quantity()).isCloseTo(310.8125551589646, DIGITS);
        assertThat(model.stockoutFraction()).isCloseTo(0.043062200956938, DIGITS);
        assertThat(model.optimalCost()).isCloseTo(66.92136355097325, DIGITS);
        double lowest = -model.stockoutFraction() * model.quantity();
        assertThat(model.costs(lowest, model.quantity()).total()).isCloseTo(66.92136355097325, DIGITS);
    }

    @Test
    void example42NewsvendorOfPrices() {
        Newsvendor normal = Newsvendor.ofPrices(new NormalDemand(50, 8), 1, 0.3, 0.12);
        assertThat(normal.level()).isCloseTo(56.60395592743389, DIGITS);
        assertThat(0.7 * 50 - normal.cost(normal.level())).isCloseTo(33.002394806823354, DIGITS);
        assertThat(0.7 * 50 - normal.cost(40)).isCloseTo(27.643868447129613, DIGITS);
        Newsvendor poisson = Newsvendor.ofPrices(DiscreteDemand.poisson(50), 1, 0.3, 0.12);
        assertThat(poisson.level()).isEqualTo(56);
        assertThat(0.7 * 50 - poisson.cost(56)).isCloseTo(33.20276478819082, DIGITS);
        assertThat(0.7 * 50 - poisson.cost(40)).isCloseTo(27.811432228377637, DIGITS);
    }

    @Test
    void example43Newsvendor() {
        Newsvendor model = new Newsvendor(new NormalDemand(50, 8), 0.18, 0.7);
        assertThat(model.level()).isCloseTo(56.60395592743389, DIGITS);
        assertThat(model.cost(model.level())).isCloseTo(1.997605193176645, DIGITS);
        assertThat(model.cost(40)).isCloseTo(7.356131552870388, DIGITS);
    }

    @Test
    void example44BaseStockWithLeadTime() {
        Newsvendor model = new Newsvendor(new NormalDemand(250, 8 * Math.sqrt(5)), 0.18, 0.7);
        assertThat(model.level()).isCloseTo(264.7668943741548, DIGITS);
        assertThat(model.cost(model.level())).isCloseTo(4.466781004149578, DIGITS);
        assertThat(model.cost(180)).isCloseTo(49.000164748034095, DIGITS);
    }

    @Test
    void example47NewsvendorWithPoissonDemand() {
        Newsvendor model = new Newsvendor(DiscreteDemand.poisson(6), 1, 4);
        assertThat(model.level()).isEqualTo(8);
        assertThat(model.cost(8)).isCloseTo(3.570106945770946, DIGITS);
        assertThat(model.cost(5)).isCloseTo(6.590296024616344, DIGITS);
    }

    @Test
    void example47PeriodicReview() {
        assertThat(WEEKLY.optimal()).isEqualTo(new StockPolicy(4, 10));
        assertThat(WEEKLY.cost(4, 10)).isCloseTo(8.034111561471644, DIGITS);
        assertThat(WEEKLY.cost(6, 18)).isCloseTo(10.193798671644046, DIGITS);
    }

    @Test
    void example48PowerApproximation() {
        StockPolicy policy = PowerApproximation.policy(50, 8, 0, 2.5, 0.18, 0.7);
        assertThat(policy.reorderPoint()).isCloseTo(40.19461695647407, DIGITS);
        assertThat(policy.orderUpTo()).isCloseTo(74.29017010980579, DIGITS);
    }

    @Test
    void example51ExactCostAndBestReorderPoint() {
        assertThat(JOES.cost(126.8, 328.5)).isCloseTo(78.07116250928294, DIGITS);
        assertThat(JOES.reorderPoint(318)).isCloseTo(127.7880348669655, DIGITS);
        assertThat(JOES.reorderPoint(150)).isCloseTo(147.1949581740714, DIGITS);
        assertThat(JOES.reorderPoint(750)).isCloseTo(99.85377339616528, DIGITS);
    }

    @Test
    void example52ExpectedInventoryLevel() {
        StockPolicy policy = JOES.expectedInventoryLevel();
        assertThat(policy.reorderPoint()).isCloseTo(213.9704421358024, SEARCHED);
        assertThat(policy.lot()).isCloseTo(318.5901810768729, SEARCHED);
        assertThat(JOES.expectedInventoryLevelCost(policy.reorderPoint(), policy.lot()))
                .isCloseTo(95.45114022285196, SEARCHED);
    }

    @Test
    void examples54To56Approximations() {
        assertThat(JOES.eoqWithBackorders().reorderPoint()).isCloseTo(128.637814424271, SEARCHED);
        assertThat(JOES.eoqWithBackorders().lot()).isCloseTo(308.5737801203754, DIGITS);
        assertThat(JOES.eoqWithSafetyStock().reorderPoint()).isCloseTo(190.3369965715624, DIGITS);
        assertThat(JOES.eoqWithSafetyStock().lot()).isCloseTo(304.0467800264368, DIGITS);
        assertThat(JOES.lossFunction().reorderPoint()).isCloseTo(126.8670642878315, SEARCHED);
        assertThat(JOES.lossFunction().lot()).isCloseTo(328.4491413581765, SEARCHED);
    }

    @Test
    void example58PoissonContinuousReview() {
        assertThat(SLOW.optimal()).isEqualTo(new StockPolicy(3, 8));
        assertThat(SLOW.cost(3, 5)).isCloseTo(107.9235806331498, DIGITS);
        assertThat(SLOW.cost(8, 12)).isCloseTo(242.5281637662021, DIGITS);
    }
}
