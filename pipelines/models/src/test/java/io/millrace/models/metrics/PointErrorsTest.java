package io.millrace.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class PointErrorsTest {

    @Test
    void figuresAreThoseOfTheTextbook() {
        double[] means = {1, 2, 4, 0.5};
        double[] medians = {1, 1, 3, 0};
        double[] actual = {0, 3, 5, 0};
        PointErrors errors = new PointErrors();
        for (int i = 0; i < means.length; i++) {
            errors.add(means[i], medians[i], actual[i]);
        }
        Map<String, Double> figures = errors.asMap("x_");
        assertThat(figures).contains(entry("x_mae", 1.25), entry("x_mae_of_mean", 3.5 / 4), entry("x_bias", -0.5 / 8));
        assertThat(figures.get("x_rmse")).isCloseTo(Math.sqrt(3.25 / 4), within(1e-12));
        assertThat(figures.get("x_correlation"))
                .isCloseTo(new PearsonsCorrelation().correlation(means, actual), within(1e-12));
    }

    @Test
    void whatIsNotDefinedIsLeftOut() {
        PointErrors errors = new PointErrors();
        for (int i = 0; i < 10; i++) {
            errors.add(0.1, 0.1, 0);
        }
        assertThat(errors.asMap("")).containsOnlyKeys("mae", "mae_of_mean", "rmse");
        assertThat(new PointErrors().asMap("")).isEmpty();
    }
}
