package io.millrace.decisions.reorder;

import io.millrace.decisions.reorder.InventorySimulation.Outcome;
import io.millrace.decisions.reorder.InventorySimulation.Tariff;
import java.util.ArrayList;
import java.util.List;

/** {@link InventorySimulation} of lines that order together: the same days, each line in a world of its own. */
final class JointSimulation {

    private final List<SimulatedWorld> worlds;
    private final List<Tariff> tariffs;
    private final int reviewDays;
    private final UnmetDemand unmet;

    /**
     * Takes the worlds of the lines, equally long and with the same warm-up.
     *
     * @param tariffs    of each line
     * @param reviewDays between two orders, at least 1
     */
    JointSimulation(List<SimulatedWorld> worlds, List<Tariff> tariffs, int reviewDays, UnmetDemand unmet) {
        this.worlds = worlds;
        this.tariffs = tariffs;
        this.reviewDays = reviewDays;
        this.unmet = unmet;
    }

    /** Lives through the worlds with a rule, from empty shelves: what each line cost. */
    List<Outcome> run(JointRule rule) {
        SimulatedWorld first = worlds.get(0);
        int lines = worlds.size();
        Shelf[] shelves = new Shelf[lines];
        InventorySimulation.Sums[] sums = new InventorySimulation.Sums[lines];
        for (int i = 0; i < lines; i++) {
            shelves[i] = new Shelf(worlds.get(i), unmet, 0);
            sums[i] = new InventorySimulation.Sums(first.warmUpDays());
        }
        double[] positions = new double[lines];
        double[] quantities = new double[lines];
        double[] nothing = new double[lines];
        for (int day = 0; day < first.days(); day++) {
            boolean review = day % reviewDays == 0;
            if (review) {
                for (int i = 0; i < lines; i++) {
                    positions[i] = shelves[i].position();
                }
                rule.order(positions, quantities);
            }
            double[] ordered = review ? quantities : nothing;
            for (int i = 0; i < lines; i++) {
                shelves[i].live(day, ordered[i]);
                sums[i].close(
                        day,
                        worlds.get(i).demand(day),
                        shelves[i].missed(),
                        shelves[i].net(),
                        shelves[i].onOrder(),
                        ordered[i]);
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            outcomes.add(sums[i].outcome(tariffs.get(i), first.days() - first.warmUpDays()));
        }
        return outcomes;
    }
}
