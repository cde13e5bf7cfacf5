package io.millrace.nightly.simulate;

import io.millrace.models.forecast.DemandForecaster;
import java.io.Serializable;
import java.time.LocalDate;

/** The forecaster of the night as it would have been on past dates. */
@FunctionalInterface
public interface PastForecasters extends Serializable {

    /** The forecaster of a date, made of nothing that was not known on it. */
    DemandForecaster on(LocalDate date);

    /** The same on every date. */
    static PastForecasters always() {
        return date -> DemandForecaster.of(WEEKS_A_YEAR, "weeks");
    }

    /** Points in a season of a weekly series. */
    int WEEKS_A_YEAR = 52;
}
