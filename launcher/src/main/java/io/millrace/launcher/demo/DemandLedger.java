package io.millrace.launcher.demo;

/** What customers asked for in the last year of the history, served or not: the demand that the ERP cannot see. */
final class DemandLedger {

    static final int DAYS = 365;

    private final int sites;
    private final int firstDay;
    private final long[] asked;
    private final long[] lost;

    DemandLedger(int products, int sites, int lastDay) {
        this.sites = sites;
        this.firstDay = lastDay - DAYS + 1;
        this.asked = new long[products * sites];
        this.lost = new long[products * sites];
    }

    void note(int product, int site, int day, int units, int served) {
        if (day >= firstDay) {
            asked[product * sites + site] += units;
            lost[product * sites + site] += units - served;
        }
    }

    /** Units asked for in the last year. */
    long asked(int product, int site) {
        return asked[product * sites + site];
    }

    /** Units of {@link #asked} that were lost for lack of stock. */
    long lost(int product, int site) {
        return lost[product * sites + site];
    }
}
