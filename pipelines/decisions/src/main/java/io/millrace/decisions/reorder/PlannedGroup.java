package io.millrace.decisions.reorder;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lines that are planned together, with their policies: one line alone, or all lines of a supplier who accepts no order below a
 * value.
 */
public final class PlannedGroup {

    private final List<PlannedLine> lines;
    private final double minimum;

    PlannedGroup(List<PlannedLine> lines, double minimum) {
        this.lines = List.copyOf(lines);
        this.minimum = minimum;
    }

    List<PlannedLine> lines() {
        return lines;
    }

    double minimum() {
        return minimum;
    }

    /** What those lines ask for that ask for something. */
    public Stream<Claim> claims() {
        return lines.stream().filter(line -> line.wanted() > 0).map(PlannedLine::claim);
    }

    /** Adds the room that is taken without an order of tonight to that of each site. */
    public void addStanding(Map<String, Double> standing) {
        lines.forEach(line -> standing.merge(line.line().site(), line.standing(), Double::sum));
    }
}
