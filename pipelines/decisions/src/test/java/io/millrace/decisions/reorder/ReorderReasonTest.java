package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReorderReasonTest {

    private static String reason(double pack) {
        ReorderLine line =
                ReorderLines.ordinary(OptionalDouble.of(6), new StockPosition(0, 0, 0), new LotTerms(0, pack));
        ReorderOptions options = ReorderOptions.defaults(11).withSimulatedYears(5);
        return new ReorderPlanner(options)
                .plan(new ReorderProblem(List.of(line), OptionalDouble.empty()))
                .decisions()
                .get(0)
                .reason();
    }

    @Test
    void packsAreWrittenAsTheyAre() {
        assertThat(reason(12)).contains(" in packs of 12)");
        assertThat(reason(0.01)).as("goods that are weighed").contains(" in packs of 0.01)");
    }
}
