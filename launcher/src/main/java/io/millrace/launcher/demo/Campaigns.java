package io.millrace.launcher.demo;

import io.millrace.launcher.demo.CampaignContact.Means;
import io.millrace.launcher.demo.CampaignContact.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Eight past campaigns. Each draws an audience at random from those who have not opted out, then whom to contact, how
 * and with what, by probabilities that depend on what the ERP knows (category, days since the last order) and are
 * logged. A contact multiplies the buying rate for {@value #WINDOW} days and may win back a customer who is fading.
 */
final class Campaigns {

    static final int WINDOW = 14;
    private static final int COUNT = 8;
    private static final int APART = 105;
    private static final int LAST_BEFORE_END = 30;
    private static final double AUDIENCE = 0.35;
    private static final double WON_BACK = 0.2;
    private static final Means[] CONTACTING = {Means.EMAIL, Means.PHONE, Means.POST};

    private final DemoOptions options;
    private final List<Customer> customers;
    private final Loyalty loyalty;
    private final RandomGenerator random;
    private final List<CampaignContact> contacts = new ArrayList<>();
    private final CampaignContact[] latest;
    private final double[] factor;

    Campaigns(DemoOptions options, List<Customer> customers, Loyalty loyalty) {
        this.options = options;
        this.customers = customers;
        this.loyalty = loyalty;
        this.random = Draws.stream(options.seed(), "campaigns");
        this.latest = new CampaignContact[customers.size()];
        this.factor = new double[customers.size()];
    }

    /**
     * Opens a campaign where one begins today.
     *
     * @param lastOrder day of each customer's last order, -1 for none yet
     */
    void morning(int day, int[] lastOrder) {
        int toEnd = options.lastDay() - LAST_BEFORE_END - day;
        if (toEnd < 0 || toEnd % APART != 0 || toEnd / APART >= COUNT) {
            return;
        }
        String code = String.format(Locale.ROOT, "CMP-%tY%<tm", options.day(day));
        for (int i = 0; i < customers.size(); i++) {
            Customer customer = customers.get(i);
            if (customer.joinedDay() <= day && !customer.optedOut() && Draws.chance(random, AUDIENCE)) {
                address(code, i, day, lastOrder[i]);
            }
        }
    }

    private void address(String code, int customer, int day, int lastOrder) {
        double contacted = contactProbability(lastOrder < 0 ? Integer.MAX_VALUE : day - lastOrder);
        Receptiveness receptive = Receptiveness.of(customers.get(customer).category());
        int content = random.nextInt(Receptiveness.CONTENTS.length);
        int means = receptive.means(random);
        int minute = 9 * 60 + random.nextInt(480);
        double daily = customers.get(customer).habits().ordersPerDay() * loyalty.strength(customer, day);
        double untreated = withinWindow(daily);
        if (!Draws.chance(random, contacted)) {
            open(
                    1,
                    new CampaignContact(
                            code,
                            customer,
                            day,
                            minute,
                            Means.NONE,
                            null,
                            1 - contacted,
                            untreated,
                            untreated,
                            new Outcome()));
            return;
        }
        double propensity = contacted * receptive.share(means) / Receptiveness.CONTENTS.length;
        double multiplier = multiplier(customer, day, receptive.effect(means, content));
        open(
                multiplier,
                new CampaignContact(
                        code,
                        customer,
                        day,
                        minute,
                        CONTACTING[means],
                        Receptiveness.CONTENTS[content],
                        propensity,
                        untreated,
                        withinWindow(daily * multiplier),
                        new Outcome()));
        if (loyalty.fading(customer, day) && Draws.chance(random, WON_BACK * (multiplier - 1))) {
            loyalty.winBack(customer);
        }
    }

    private void open(double multiplier, CampaignContact contact) {
        contacts.add(contact);
        latest[contact.customer()] = contact;
        factor[contact.customer()] = multiplier;
    }

    private static double contactProbability(int daysSinceOrder) {
        return daysSinceOrder < 30 ? 0.45 : daysSinceOrder < 90 ? 0.6 : daysSinceOrder < 180 ? 0.75 : 0.5;
    }

    /** Half as much on those who are fading. */
    private double multiplier(int customer, int day, double averageEffect) {
        double effect = averageEffect * customers.get(customer).habits().persuadability();
        return Math.max(0.4, 1 + (loyalty.fading(customer, day) ? effect / 2 : effect));
    }

    private static double withinWindow(double daily) {
        return 1 - StrictMath.pow(1 - Math.min(daily, 0.9), WINDOW);
    }

    /** Factor that a running campaign puts on a customer's buying rate. */
    double factor(int customer, int day) {
        return running(customer, day) ? factor[customer] : 1;
    }

    void bought(int customer, int day, long cents) {
        if (running(customer, day)) {
            latest[customer].outcome().bought(cents);
        }
    }

    private boolean running(int customer, int day) {
        return latest[customer] != null && day < latest[customer].day() + WINDOW;
    }

    List<CampaignContact> contacts() {
        return Collections.unmodifiableList(contacts);
    }
}
