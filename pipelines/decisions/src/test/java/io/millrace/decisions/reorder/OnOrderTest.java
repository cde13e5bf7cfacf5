package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnOrderTest {

    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

    private static OnOrder.Accepted accepted(int day, double quantity) {
        return new OnOrder.Accepted(MONDAY.plusDays(day), quantity);
    }

    private static OnOrder.Placed open(int ordered, int known, double quantity) {
        return new OnOrder.Placed(MONDAY.plusDays(ordered), MONDAY.plusDays(known), quantity, quantity, quantity);
    }

    private static double units(Integer counted, boolean announced, List<OnOrder.Accepted> a, List<OnOrder.Placed> p) {
        return OnOrder.units(counted == null ? null : MONDAY.plusDays(counted), announced, a, p);
    }

    @Test
    void anOrderOfOnePieceEndsOnePieceOfWhatIsUnderWay() {
        OnOrder.Placed cancelled = new OnOrder.Placed(MONDAY, MONDAY, 1, 0, 0);
        assertThat(units(1, true, List.of(accepted(0, 40)), List.of())).isEqualTo(40);
        assertThat(units(1, true, List.of(accepted(0, 40)), List.of(cancelled))).isEqualTo(39);
        assertThat(units(1, true, List.of(accepted(0, 40)), List.of(open(0, 1, 15))))
                .isEqualTo(25);
    }

    @Test
    void ordersAreTakenOffTheOldestDecisionFirstAndNeverOffALaterOne() {
        List<OnOrder.Accepted> two = List.of(accepted(2, 10), accepted(0, 10));
        assertThat(units(5, true, two, List.of(open(1, 1, 25)))).isEqualTo(10);
        assertThat(units(5, true, two, List.of(open(3, 3, 25)))).isZero();
        assertThat(units(5, true, two, List.of(open(-1, -1, 25)))).isEqualTo(20);
    }

    @Test
    void whatWasPlacedSinceTheCountIsNotAmongItsReceipts() {
        List<OnOrder.Accepted> ours = List.of(accepted(0, 40));
        assertThat(units(0, true, ours, List.of(open(0, 1, 40))))
                .as("dated like the decision, told of a day later, and the shelf was counted before")
                .isEqualTo(40);
        assertThat(units(1, true, ours, List.of(open(0, 1, 40))))
                .as("counted since")
                .isZero();
        assertThat(units(0, true, List.of(), List.of(open(1, 1, 7))))
                .as("somebody else's")
                .isEqualTo(7);
        assertThat(units(0, true, List.of(), List.of(open(0, 1, 7))))
                .as("an old order that is only told of now, as all are on the first night")
                .isZero();
    }

    @Test
    void whatIsReceivedOrCancelledSinceTheCountIsCountedAsItCame() {
        OnOrder.Placed received = new OnOrder.Placed(MONDAY.plusDays(1), MONDAY.plusDays(1), 10, 8, 0);
        OnOrder.Placed cancelled = new OnOrder.Placed(MONDAY.plusDays(1), MONDAY.plusDays(1), 10, 0, 0);
        assertThat(units(0, true, List.of(), List.of(received, cancelled))).isEqualTo(8);
    }

    @Test
    void openOrdersStandInForReceiptsThatNobodyAnnounces() {
        assertThat(units(5, false, List.of(), List.of(open(-30, -30, 12)))).isEqualTo(12);
        assertThat(units(5, true, List.of(), List.of(open(-30, -30, 12)))).isZero();
        assertThat(units(null, false, List.of(accepted(0, 5)), List.of(open(0, 0, 5))))
                .isEqualTo(5);
    }
}
