package io.millrace.models.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueTrainerTest {

    private static final int UNTIL = 364;
    private static final List<Purchases> SHOP = SimulatedCustomers.shop(800, 546, 20, 1);

    @Test
    void purchasesOfADayAreCountedFromTheFirst() {
        Purchases customer = new Purchases(new int[] {10, 17, 31}, new double[] {5, 6, 10});
        assertThat(customer.history(31)).isEqualTo(new PurchaseHistory(2, 3, 3));
        assertThat(customer.history(24)).isEqualTo(new PurchaseHistory(1, 1, 2));
        assertThat(customer.history(10)).isEqualTo(new PurchaseHistory(0, 0, 0));
        assertThat(customer.meanRepeat(31)).isEqualTo(8);
        assertThat(customer.meanRepeat(16)).isZero();
        assertThat(customer.between(10, 31)).isEqualTo(2);
        assertThat(customer.amountBetween(9, 30)).isEqualTo(11);
    }

    @Test
    void whatIsExpectedComesTrueOnTheWhole() {
        ValueModel model = new ValueTrainer(182, 0).learn(SHOP, UNTIL);
        double purchases = 0;
        double amount = 0;
        double came = 0;
        double brought = 0;
        for (Purchases customer : SHOP) {
            ValueOutlook outlook = model.outlook(customer);
            purchases += outlook.purchases();
            amount += outlook.amount();
            came += customer.between(UNTIL, UNTIL + 182);
            brought += customer.amountBetween(UNTIL, UNTIL + 182);
        }
        assertThat(purchases / came).isCloseTo(1, within(0.15));
        assertThat(amount / brought).isCloseTo(1, within(0.15));
    }

    /** Half of the customers have slowed down, half have quickened, and it stays so: the look back sees that the recent past counts. */
    @Test
    void whereCustomersChangeTheirPaceTheRecentPastGetsAShare() {
        List<Purchases> changed = new ArrayList<>();
        for (int c = 0; c < 200; c++) {
            int early = c % 2 == 0 ? 7 : 35;
            int late = 42 - early;
            int[] days = IntStream.concat(
                            IntStream.iterate(c % 7, d -> d < 150, d -> d + early),
                            IntStream.iterate(150 + c % 7, d -> d < UNTIL, d -> d + late))
                    .toArray();
            changed.add(
                    new Purchases(days, IntStream.of(days).mapToDouble(d -> 1).toArray()));
        }
        assertThat(new ValueTrainer(91, 0).learn(changed, UNTIL).habit()).isGreaterThan(0.5);
        assertThat(new ValueTrainer(182, 0).learn(SHOP, UNTIL).habit()).isLessThan(0.3);
    }

    /** Both forms are fitted to customers of either; only where it is sure is the modified one taken. */
    @Test
    void theModifiedFormIsTakenWhereItIsSurelyLikelier() {
        SimulatedCustomers customers = new SimulatedCustomers(2);
        for (boolean isModified : new boolean[] {false, true}) {
            BgNbd truth = new BgNbd(1.2, 6, 0.4, 0.8, isModified);
            PurchaseHistories histories = PurchaseHistories.of(IntStream.range(0, 2000)
                    .mapToObj(i -> customers.bgNbd(truth, 40))
                    .toList());
            BgNbd first = BgNbd.fit(histories, false);
            BgNbd modified = BgNbd.fit(histories, true);
            assertThat(ValueTrainer.isSurelyLikelier(modified, first, histories))
                    .isEqualTo(isModified);
            assertThat(ValueTrainer.isSurelyLikelier(first, first, histories)).isFalse();
        }
    }

    @Test
    void ofAShorterHistoryThePastCountsAtItsRate() {
        ValueModel model = new ValueTrainer(2 * (UNTIL + 1), 0).learn(SHOP, UNTIL);
        Purchases customer = new Purchases(new int[] {0, 300}, new double[] {10, 30});
        assertThat(model.since()).isZero();
        assertThat(model.before(customer)).isCloseTo(4, within(1e-9));
        assertThat(model.amountBefore(customer)).isCloseTo(80, within(1e-9));
    }

    @Test
    void discountMakesMoneyLessAndPurchasesNot() {
        ValueOutlook whole = new ValueTrainer(365, 0).learn(SHOP, UNTIL).outlook(SHOP.get(0));
        ValueOutlook discounted = new ValueTrainer(365, 0.1).learn(SHOP, UNTIL).outlook(SHOP.get(0));
        assertThat(discounted.purchases()).isEqualTo(whole.purchases());
        assertThat(discounted.amount() / whole.amount()).isBetween(1 / 1.1, 0.98);
    }

    @Test
    void whatIsLackingIsSaid() {
        List<Purchases> once = IntStream.range(0, 100)
                .mapToObj(i -> new Purchases(new int[] {i}, new double[] {1}))
                .toList();
        assertThat(ValueTrainer.lacking(once, UNTIL))
                .hasValue("0 of 100 customers bought on more than one day, and at least 20 are needed");
        assertThat(ValueTrainer.lacking(List.of(), UNTIL)).isPresent();
        assertThat(ValueTrainer.lacking(SHOP, UNTIL)).isEmpty();
        assertThatThrownBy(() -> new ValueTrainer(91, 0).learn(once, UNTIL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 20 are needed");
    }

    /** The last day is every customer's first, all buy alike, nobody pays: figures, and no NaN among them. */
    @Test
    void degenerateCompaniesHaveFigures() {
        List<Purchases> mixed = new ArrayList<>();
        for (int c = 0; c < 60; c++) {
            mixed.add(
                    c < 30
                            ? new Purchases(new int[] {UNTIL - 1, UNTIL}, new double[] {0, 0})
                            : new Purchases(new int[] {UNTIL}, new double[] {0}));
        }
        for (List<Purchases> company : List.of(mixed, SimulatedCustomers.free(SHOP))) {
            for (int horizon : new int[] {1, 365, 4000}) {
                ValueModel model = new ValueTrainer(horizon, 0.05).learn(company, UNTIL);
                for (Purchases customer : company) {
                    ValueOutlook outlook = model.outlook(customer);
                    assertThat(outlook.alive()).isBetween(0.0, 1.0);
                    assertThat(outlook.purchases()).isFinite().isNotNegative();
                    assertThat(outlook.medianPurchases()).isFinite().isNotNegative();
                    assertThat(outlook.amount()).isZero();
                }
            }
        }
    }
}
