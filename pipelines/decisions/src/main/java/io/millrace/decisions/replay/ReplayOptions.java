package io.millrace.decisions.replay;

import io.millrace.decisions.Require;
import io.millrace.decisions.reorder.ReorderOptions;
import java.io.Serializable;

/**
 * Parameters of a replay.
 *
 * @param calendar dates and days
 * @param planner  parameters of the plan; it is reviewed as often as the calendar decides
 * @param weeks    of history that are looked at, at least 1
 */
public record ReplayOptions(ReplayCalendar calendar, ReorderOptions planner, int weeks) implements Serializable {

    /** Lets the planner count on the calendar's dates. */
    public ReplayOptions {
        Require.atLeast("weeks of history", weeks, 1);
        planner = planner.withReviewDays(Math.min(365, calendar.reviewDays()));
    }
}
