package io.millrace.launcher.demo;

import io.millrace.launcher.demo.Customer.Category;
import io.millrace.launcher.demo.Customer.Channel;
import io.millrace.launcher.demo.SalesLine.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Takes orders: fills the basket, sells what is in stock, and lets deliveries go wrong, goods come back and customers
 * write.
 */
final class Counter {

    private static final int RETURN_HORIZON = 24;
    private static final double PRICE_RISE = 1.03;

    private final DemoOptions options;
    private final Market market;
    private final Warehouses warehouses;
    private final Loyalty loyalty;
    private final Campaigns campaigns;
    private final DemandLedger demand;
    private final Voices voices;
    private final Journal journal;
    private final RandomGenerator random;
    private final List<Shipment> shipments = new ArrayList<>();
    private final List<List<SalesLine>> comingBack = new ArrayList<>();
    private final int[] troubleFrom;
    private int orders;
    private int returns;
    private double[] weights;

    Counter(
            DemoOptions options,
            Market market,
            Warehouses warehouses,
            Loyalty loyalty,
            Campaigns campaigns,
            DemandLedger demand,
            Journal journal) {
        this.options = options;
        this.market = market;
        this.warehouses = warehouses;
        this.loyalty = loyalty;
        this.campaigns = campaigns;
        this.demand = demand;
        this.voices = new Voices(options);
        this.journal = journal;
        this.random = Draws.stream(options.seed(), "orders");
        for (int day = 0; day < options.days() + RETURN_HORIZON; day++) {
            comingBack.add(new ArrayList<>());
        }
        this.troubleFrom = market.sites().stream()
                .mapToInt(s -> (int) (options.days() * Draws.between(random, 0.2, 0.8)))
                .toArray();
    }

    /** The morning: what customers send back is booked. */
    void open(int day, double[] weightsOfToday) {
        weights = weightsOfToday;
        for (SalesLine line : comingBack.get(day)) {
            warehouses.takeBack(line.product(), line.site(), -line.quantity(), day, line.orderNo());
            journal.sale(line, market);
        }
    }

    /** A stranger buys in the shop. */
    void sellToStranger(int day) {
        int site = random.nextInt(market.sites().size());
        Basket basket = new Basket(day, -1, site, Channel.STORE, 0, false);
        for (int i = 1 + Draws.poisson(random, 0.5); i > 0; i--) {
            sell(basket, Draws.index(random, weights), 1 + Draws.poisson(random, 0.4), 1);
        }
    }

    void sellTo(int customer, int day) {
        Customer who = market.customers().get(customer);
        Category category = who.category();
        Channel channel = Draws.chance(random, 0.85) ? who.habits().channel() : Channel.WEB;
        int lag = channel == Channel.STORE ? 0 : 1 + random.nextInt(Warehouses.LONGEST_LAG);
        Basket basket = new Basket(day, customer, who.site(), channel, lag, lag > 0 && goesWrong(who.site(), day));
        for (int i = 1 + Draws.poisson(random, category.linesBeyondFirst()); i > 0; i--) {
            sell(basket, liked(who), 1 + Draws.poisson(random, category.unitsBeyondFirst()), category.price());
        }
        afterwards(basket, who);
    }

    /**
     * One delivery in twenty-five goes wrong; once in the history each site has two months in which one in five does.
     */
    private boolean goesWrong(int site, int day) {
        boolean trouble = day >= troubleFrom[site] && day < troubleFrom[site] + 60;
        return Draws.chance(random, trouble ? 0.2 : 0.04);
    }

    /** Half of what lies outside a customer's two favourite ranges is put back. */
    private int liked(Customer who) {
        int product = Draws.index(random, weights);
        int range = market.products().get(product).range();
        boolean favourite =
                range == who.habits().favourite() || range == who.habits().second();
        return favourite || Draws.chance(random, 0.5) ? product : Draws.index(random, weights);
    }

    private void sell(Basket basket, int product, int units, double priceFactor) {
        Product what = market.products().get(product);
        if (!basket.add(product)) {
            return;
        }
        Promotions.Promotion promotion = market.promotions().on(what, basket.day);
        long price = price(what, basket.day, priceFactor, promotion);
        boolean cancelled = Draws.chance(random, basket.bad ? 0.2 : 0.005);
        int served = cancelled
                ? units
                : warehouses.sell(product, basket.site, units, basket.day, basket.lag, basket.orderNo());
        demand.note(product, basket.site, basket.day, units, served);
        if (served == 0) {
            basket.miss();
            return;
        }
        enter(basket, product, promotion == null ? null : promotion.code(), served, price, cancelled);
    }

    /** Today's list price less a step of three per cent for each year back, less discount and promotion. */
    private long price(Product what, int day, double factor, Promotions.Promotion promotion) {
        int yearsBack = options.date().getYear() - options.day(day).getYear();
        double cut = promotion == null ? 1 : 1 - promotion.cutPercent() / 100.0;
        return StrictMath.round(what.listCents() * StrictMath.pow(PRICE_RISE, -yearsBack) * factor * cut);
    }

    private void enter(Basket basket, int product, String promotion, int units, long cents, boolean cancelled) {
        boolean open = basket.day + basket.lag > options.lastDay();
        Status status = cancelled ? Status.CANCELLED : open ? Status.OPEN : Status.DONE;
        SalesLine line = new SalesLine(
                basket.orderNo(),
                ++basket.lines,
                basket.day,
                basket.customer,
                product,
                basket.site,
                basket.channel,
                promotion,
                units,
                cents,
                status);
        journal.sale(line, market);
        if (!cancelled) {
            basket.cents += line.amountCents();
            basket.grams += (long) units * market.products().get(product).grams();
            boolean returnable =
                    status == Status.DONE && market.products().get(product).stocked();
            if (returnable && Draws.chance(random, basket.bad ? 0.3 : 0.012)) {
                sendBack(line);
            }
        }
    }

    private void sendBack(SalesLine line) {
        int day = line.day() + 5 + random.nextInt(RETURN_HORIZON - 5);
        int units = Draws.chance(random, 0.7) ? line.quantity() : 1 + random.nextInt(line.quantity());
        String returnNo = String.format(Locale.ROOT, "SR%07d", ++returns);
        comingBack.get(day).add(line.returned(returnNo, day, units));
    }

    private void afterwards(Basket basket, Customer who) {
        loyalty.disappoint(basket.customer, (basket.bad ? 1 : 0) + 0.3 * Math.min(basket.missed, 2));
        if (basket.lines == 0) {
            return;
        }
        campaigns.bought(basket.customer, basket.day, basket.cents);
        postage(basket);
        if (basket.lag > 0 && basket.day + basket.lag > options.lastDay() && basket.grams > 0) {
            shipments.add(Shipment.of(
                    basket.orderNo(),
                    basket.day + basket.lag,
                    basket.site,
                    basket.customer,
                    who.category(),
                    basket.grams));
        }
        if (Draws.chance(random, basket.bad ? 0.5 : loyalty.fading(basket.customer, basket.day) ? 0.15 : 0.03)) {
            write(basket);
        }
    }

    private void postage(Basket basket) {
        if (basket.channel == Channel.WEB && basket.cents < 2500 && basket.cents > 0) {
            int postage = market.products().size() - 1;
            enter(basket, postage, null, 1, market.products().get(postage).listCents(), false);
        }
    }

    private void write(Basket basket) {
        double upset = Math.min(loyalty.discontent(basket.customer), 2);
        double mood = -0.35 * upset - (loyalty.fading(basket.customer, basket.day) ? 0.5 : 0);
        int product = basket.products[random.nextInt(basket.size)];
        Feedback feedback = voices.write(
                basket.day, basket.customer, product, market.products().get(product), mood, basket.bad);
        if (feedback.day() <= options.lastDay()) {
            journal.feedback(feedback, market);
        }
    }

    List<Shipment> shipments() {
        return Collections.unmodifiableList(shipments);
    }

    /** An order while it is taken. */
    private final class Basket {
        private final int day;
        private final int customer;
        private final int site;
        private final Channel channel;
        private final int lag;
        private final boolean bad;
        private final int[] products = new int[16];
        private String orderNo;
        private int size;
        private int lines;
        private int missed;
        private long cents;
        private long grams;

        Basket(int day, int customer, int site, Channel channel, int lag, boolean bad) {
            this.day = day;
            this.customer = customer;
            this.site = site;
            this.channel = channel;
            this.lag = lag;
            this.bad = bad;
        }

        String orderNo() {
            if (orderNo == null) {
                orderNo = String.format(Locale.ROOT, "SO%07d", ++orders);
            }
            return orderNo;
        }

        /** The product that was just put in is not there. */
        void miss() {
            size--;
            missed++;
        }

        /** False if the product is in the basket already, or the basket is full. */
        boolean add(int product) {
            for (int i = 0; i < size; i++) {
                if (products[i] == product) {
                    return false;
                }
            }
            if (size == products.length) {
                return false;
            }
            products[size++] = product;
            return true;
        }
    }
}
