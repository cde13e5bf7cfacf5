package io.millrace.launcher.demo;

/**
 * An article of the catalogue.
 *
 * @param range place of its range in {@link Range#ALL}, -1 for services
 * @param listCents sales price today
 * @param costCents cost of one unit
 * @param quality hidden: what buyers think of it, standard normal
 * @param demand hidden: how it sells
 */
record Product(
        String code, String name, int range, long listCents, long costCents, int grams, double quality, Demand demand) {

    /**
     * How a product sells.
     *
     * @param popularity average weight among all products
     * @param gate share of the days on which anybody asks for it; 1 unless intermittent
     * @param yearlyGrowth 0.1 is ten per cent more each year
     * @param firstDay day from which it is sold, 0 or before when it always was
     * @param endDay first day on which it is no longer sold
     */
    record Demand(double popularity, double gate, double yearlyGrowth, int firstDay, int endDay) {

        boolean intermittent() {
            return gate < 1;
        }

        boolean soldOn(int day) {
            return day >= firstDay && day < endDay;
        }
    }

    boolean stocked() {
        return range >= 0;
    }

    String category() {
        return range < 0 ? "service" : Range.ALL.get(range).name();
    }
}
