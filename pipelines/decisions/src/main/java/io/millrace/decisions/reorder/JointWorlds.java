package io.millrace.decisions.reorder;

import io.millrace.decisions.StableHash;
import io.millrace.decisions.reorder.InventorySimulation.Tariff;
import java.util.List;

/** The days in which lines are priced: each line in a world of its own, drawn from its product and site. */
final class JointWorlds {

    private static final double DAYS_A_YEAR = 365;

    /** Years of one line that are lived through together at most, in memory of twelve bytes a day. */
    private static final int LINE_YEARS = 10_000;

    private static final int LEAST_YEARS = 3;

    private JointWorlds() {}

    /**
     * The simulation of lines that order together.
     *
     * @param draws name of the stream of random numbers; policies are chosen, judged and priced on different ones
     * @param years simulated, fewer where there are so many lines that they would not fit
     */
    static JointSimulation of(List<PlannedLine> lines, ReorderOptions options, String draws, int years) {
        List<WorldMaker> makers =
                lines.stream().map(line -> maker(line, options, draws)).toList();
        int warmUp = makers.stream().mapToInt(WorldMaker::warmUpDays).max().orElseThrow();
        int fitting = Math.max(LEAST_YEARS, Math.min(years, LINE_YEARS / lines.size()));
        return new JointSimulation(
                makers.stream().map(maker -> maker.world(fitting, warmUp)).toList(),
                lines.stream().map(JointWorlds::tariff).toList(),
                options.reviewDays(),
                options.unmet());
    }

    /** Draws the world of a line. */
    static WorldMaker maker(PlannedLine planned, ReorderOptions options, String draws) {
        ReorderLine line = planned.line();
        return new WorldMaker(
                line, planned.moments(), StableHash.random(options.seed(), draws, line.product(), line.site()));
    }

    /** What a line is charged. */
    static Tariff tariff(PlannedLine planned) {
        LineCosts costs = planned.line().costs();
        return new Tariff(costs.holdingPerYear() / DAYS_A_YEAR, planned.policy().shortageCost(), 0, costs.orderCost());
    }
}
