package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LeadTimeTest {

    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

    private static OptionalDouble days(double days) {
        return OptionalDouble.of(days);
    }

    @Test
    void aPromiseIsStretchedAsTheSupplierStretchedItsPromises() {
        assertThat(LeadTime.expected(days(20), days(20), days(22), 3, 14)).isEqualTo(new LeadTime(22, 3));
        assertThat(LeadTime.expected(days(30), days(20), days(22), 3, 14)).isEqualTo(new LeadTime(33, 4.5));
        assertThat(LeadTime.expected(days(10), days(20), days(22), 3, 14)).isEqualTo(new LeadTime(11, 1.5));
    }

    @Test
    void withoutAPromiseDeliveriesTell() {
        assertThat(LeadTime.expected(UNKNOWN, days(20), days(22), 3, 14)).isEqualTo(new LeadTime(22, 3));
        assertThat(LeadTime.expected(days(0), days(20), days(22), 3, 14)).isEqualTo(new LeadTime(22, 3));
        assertThat(LeadTime.expected(days(30), UNKNOWN, days(22), 3, 14)).isEqualTo(new LeadTime(22, 3));
        assertThat(LeadTime.expected(days(30), days(0), days(22), 3, 14)).isEqualTo(new LeadTime(22, 3));
    }

    @Test
    void withoutDeliveriesThePromiseStands() {
        assertThat(LeadTime.expected(days(30), days(20), UNKNOWN, 0, 14)).isEqualTo(new LeadTime(30, 0));
        assertThat(LeadTime.expected(UNKNOWN, UNKNOWN, UNKNOWN, 0, 14)).isEqualTo(new LeadTime(14, 0));
    }

    @Test
    void deliveriesOnTheDayOfTheOrderDoNotVary() {
        assertThat(LeadTime.expected(days(2), days(2), days(0), 0.5, 14)).isEqualTo(new LeadTime(0, 0));
    }
}
