package io.millrace.decisions.reorder;

/** Stock of one line as it is lived through, day by day: receive, serve demand, keep what is left. */
final class Shelf {

    private final SimulatedWorld world;
    private final boolean isLost;
    private final double[] due;
    private int slot;
    private double net;
    private double onOrder;
    private double missed;

    /** @param stock on hand at the start */
    Shelf(SimulatedWorld world, UnmetDemand unmet, double stock) {
        this.world = world;
        isLost = unmet == UnmetDemand.LOST;
        due = new double[world.longestLeadTime() + 1];
        net = stock;
    }

    /** Units on hand less units owed, and all that is on order. */
    double position() {
        return net + onOrder;
    }

    /** Orders a quantity at the start of the day, which may be 0, and lives to its end. */
    void live(int day, double quantity) {
        if (quantity > 0) {
            int arrival = slot + world.leadTime(day);
            due[arrival < due.length ? arrival : arrival - due.length] += quantity;
            onOrder += quantity;
        }
        double received = due[slot];
        due[slot] = 0;
        slot = slot + 1 == due.length ? 0 : slot + 1;
        onOrder -= received;
        double demand = world.demand(day);
        net += received - demand;
        missed = net < 0 ? Math.min(demand, -net) : 0;
        if (isLost) {
            net += missed;
        }
    }

    /** Units on hand, or, below 0, owed. */
    double net() {
        return net;
    }

    /** Units ordered and not received. */
    double onOrder() {
        return onOrder;
    }

    /** Units of the day's demand that were not there. */
    double missed() {
        return missed;
    }
}
