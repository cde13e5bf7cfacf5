package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.io.Serializable;

/**
 * The rule that ERPs ship with: reorder point = average demand × (lead time + review + safety days), filled up to that plus
 * some days of cover. The yardstick of lines for which the ERP has no rule of its own.
 *
 * @param weeks      of history averaged, at least 1
 * @param safetyDays of demand kept beyond lead time and review, 0 or more
 * @param coverDays  of demand in a lot, above 0
 */
public record MovingAverageRule(int weeks, double safetyDays, double coverDays) implements Serializable {

    /** Refuses an average over nothing. */
    public MovingAverageRule {
        Require.atLeast("weeks of the moving average", weeks, 1);
        Require.notNegative("safety days", safetyDays);
        Require.positive("cover days", coverDays);
    }

    /** 13 weeks averaged, one week of safety time, four weeks of cover. */
    public static MovingAverageRule defaults() {
        return new MovingAverageRule(13, 7, 28);
    }

    /** The rule for a line. */
    public PresentRule ruleFor(ReorderLine line, int reviewDays) {
        double daily = line.demand().movingAverage(weeks) / 7;
        double point = Math.ceil(daily * (line.leadTime().meanDays() + reviewDays + safetyDays));
        return PresentRule.fillingTo(point, point + Math.ceil(daily * coverDays));
    }
}
