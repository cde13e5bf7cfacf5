package io.millrace.decisions.replay;

import io.millrace.decisions.reorder.WeeklyDemand;

/** The forecaster of the night, on past dates. */
@FunctionalInterface
public interface DemandForecasts {

    /**
     * What would have been forecast.
     *
     * @param date  counted from 1970-01-01
     * @param weeks one or more that had ended by then, oldest first
     */
    WeeklyDemand on(int date, double[] weeks);
}
