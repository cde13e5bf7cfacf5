package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

    @Test
    void defaultsAreFixedSoThatEveryDemoIsTheSame() {
        assertThat(DemoOptions.defaults()).isEqualTo(new DemoOptions(1, LocalDate.of(2026, 2, 28), 42));
    }

    @Test
    void scaleOneIsTheSizeThatIsDocumented() {
        DemoOptions one = DemoOptions.defaults();
        assertThat(new int[] {one.customers(), one.products(), one.sites(), one.suppliers(), one.sensors()})
                .containsExactly(1500, 60, 2, 8, 6);
        assertThat(one.firstDay()).isEqualTo("2023-09-01");
        assertThat(one.day(one.lastDay())).isEqualTo(one.date());
    }

    @Test
    void customersGrowWithTheScaleAndProductsMoreSlowly() {
        DemoOptions hundred = new DemoOptions(100, DemoOptions.DEFAULT_DATE, 1);
        assertThat(hundred.customers()).isEqualTo(150_000);
        assertThat(hundred.products()).isBetween(61, 600);
        assertThat(hundred.sites()).isBetween(3, 20);
    }

    @Test
    void nonsenseIsRefusedWithWhatToGiveInstead() {
        for (double scale : new double[] {0, -1, 0.019, 101, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new DemoOptions(scale, DemoOptions.DEFAULT_DATE, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0.02 to 100");
        }
        assertThatThrownBy(() -> new DemoOptions(1, LocalDate.of(1066, 10, 14), 1))
                .hasMessageContaining("1066-10-14")
                .hasMessageContaining("1990");
        assertThatThrownBy(() -> new DemoOptions(1, null, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
