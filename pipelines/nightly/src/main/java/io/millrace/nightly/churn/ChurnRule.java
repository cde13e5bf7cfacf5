package io.millrace.nightly.churn;

import io.millrace.nightly.settings.Settings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who counts as churned. A customer is active on a day with a purchase in the {@code active} days up to and including
 * it, and churned from that day when there is no purchase in the {@code horizon} days behind it. A purchase is a line
 * that is not cancelled, with a quantity above 0.
 *
 * @param horizon days within which the customer would have to buy again, at least 1
 * @param active  days that a purchase counts as recent, at least 1
 * @param dates   past days that training looks at, at least 2: learning needs one, and measuring another
 */
public record ChurnRule(int horizon, int active, int dates) {

    public ChurnRule {
        if (horizon < 1 || active < 1 || dates < 2) {
            throw new IllegalArgumentException(
                    "churn.horizon is %dd, churn.active-window %dd and churn.training-dates %d; give at least 1d, 1d and 2"
                            .formatted(horizon, active, dates));
        }
    }

    public static ChurnRule of(Settings.Churn settings) {
        return new ChurnRule(days(settings.horizon()), days(settings.activeWindow()), settings.trainingDates());
    }

    private static int days(Duration duration) {
        return Math.toIntExact(duration.toDays());
    }

    /**
     * The days that a night can learn from, newest first: one horizon before the last day that is known, so that the outcome is known
     * too, and back from there a third of the horizon at a time.
     */
    public List<LocalDate> trainingDates(LocalDate lastKnown) {
        int step = Math.max(1, horizon / 3);
        return IntStream.range(0, dates)
                .mapToObj(i -> lastKnown.minusDays(horizon + (long) i * step))
                .toList();
    }
}
