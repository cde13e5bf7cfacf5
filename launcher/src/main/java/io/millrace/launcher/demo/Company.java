package io.millrace.launcher.demo;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A simulated company and what became of it: thirty months of customers who order, stay or leave, of stock that is
 * reordered by min/max rules, and of campaigns whose probabilities were logged. Everything is drawn from
 * {@link DemoOptions#seed()}. Accessors that say <em>hidden</em> are for the ground truth and never enter an extract.
 */
public final class Company {

    private static final double LINES_PER_DAY = 55;
    private static final double UNITS_PER_LINE = 5;
    private static final double STRANGERS_PER_DAY = 1.2;
    private static final int DAYS_IN_YEAR = 365;

    private final DemoOptions options;
    private final Market market;
    private final List<Supplier> suppliers;
    private final List<SupplyTerms> terms;
    private final Loyalty loyalty;
    private final Warehouses warehouses;
    private final Buyers buyers;
    private final Campaigns campaigns;
    private final DemandLedger demand;
    private final Counter counter;
    private final int[] lastOrder;

    private Company(DemoOptions options, Journal journal) {
        this.options = options;
        List<Site> sites = Site.draw(options);
        List<Product> products = Catalogue.draw(options);
        this.market = new Market(sites, products, new Promotions(options), Population.draw(options, sites));
        this.suppliers = Supplier.draw(options);
        this.terms = SupplyTerms.draw(options, products, suppliers);
        this.loyalty = new Loyalty(options, market.customers());
        this.warehouses = new Warehouses(products.size(), sites.size(), options.lastDay());
        this.buyers = new Buyers(options, products, suppliers, terms, warehouses);
        this.campaigns = new Campaigns(options, market.customers(), loyalty);
        this.demand = new DemandLedger(products.size(), sites.size(), options.lastDay());
        this.counter = new Counter(options, market, warehouses, loyalty, campaigns, demand, journal);
        this.lastOrder = new int[market.customers().size()];
    }

    /**
     * Lets the history happen. Sales lines and feedback go to {@code journal} as they happen; the rest is kept here.
     */
    static Company simulate(DemoOptions options, Journal journal) {
        Company company = new Company(options, journal);
        company.run();
        return company;
    }

    /** The company alone, for a caller who needs its ERP tables and not its extracts. */
    public static Company simulate(DemoOptions options) {
        return simulate(options, Journal.NONE);
    }

    private void run() {
        Arrays.fill(lastOrder, -1);
        setRules();
        DemandCurve curve = new DemandCurve(options, market.products(), market.promotions());
        SplittableRandom random = Draws.stream(options.seed(), "visits");
        for (int day = 0; day < options.days(); day++) {
            warehouses.ship(day);
            buyers.morning(day);
            counter.open(day, curve.runningTotal(day));
            campaigns.morning(day, lastOrder);
            sell(day, random);
            buyers.evening(day);
            warehouses.close(day);
        }
    }

    private void setRules() {
        double popularity = 0;
        for (Product product : market.products()) {
            popularity += product.demand().popularity();
        }
        double units = LINES_PER_DAY * UNITS_PER_LINE * options.scale() / popularity;
        for (int product = 0; product < market.products().size(); product++) {
            Product what = market.products().get(product);
            for (int site = 0; what.stocked() && site < market.sites().size(); site++) {
                double share = market.sites().get(site).share();
                buyers.plan(product, site, units * what.demand().popularity() * share);
            }
        }
    }

    private void sell(int day, SplittableRandom random) {
        LocalDate date = options.day(day);
        boolean weekend = DemandCurve.weekend(date);
        double season = 1 + 0.15 * StrictMath.cos(2 * StrictMath.PI * (date.getDayOfYear() - 345) / 365.25);
        for (int i = 0; i < lastOrder.length; i++) {
            Customer customer = market.customers().get(i);
            if (customer.joinedDay() > day) {
                break; // they are sorted by the day on which they joined
            }
            double rate = customer.habits().ordersPerDay()
                    * loyalty.advance(i, day)
                    * campaigns.factor(i, day)
                    * season
                    * (weekend ? customer.category().weekend() : 1);
            if (customer.joinedDay() == day || random.nextDouble() < rate) {
                counter.sellTo(i, day);
                lastOrder[i] = day;
            }
        }
        for (int n = Draws.poisson(random, STRANGERS_PER_DAY * options.scale()); n > 0; n--) {
            counter.sellToStranger(day);
        }
    }

    /**
     * False once the ERP, clearing up, has deactivated a customer who has not ordered for more than a year and a half.
     */
    boolean isActive(int customer) {
        int last =
                Math.max(lastOrder[customer], market.customers().get(customer).joinedDay());
        return options.lastDay() - last <= DAYS_IN_YEAR * 3 / 2;
    }

    public DemoOptions options() {
        return options;
    }

    Market market() {
        return market;
    }

    List<Supplier> suppliers() {
        return suppliers;
    }

    List<SupplyTerms> terms() {
        return terms;
    }

    List<PurchaseLine> purchases() {
        return buyers.lines();
    }

    List<ReorderRule> rules() {
        return buyers.rules();
    }

    List<CampaignContact> contacts() {
        return campaigns.contacts();
    }

    List<Shipment> shipments() {
        return counter.shipments();
    }

    Warehouses warehouses() {
        return warehouses;
    }

    /** Hidden: who fades and who is gone. */
    Loyalty loyalty() {
        return loyalty;
    }

    /** Hidden: what was asked for and could not be served. */
    DemandLedger demand() {
        return demand;
    }

    String supplierCode(int supplier) {
        return suppliers.get(supplier).code();
    }
}
