package io.millrace.launcher.demo;

import io.millrace.launcher.demo.Customer.Category;
import java.util.random.RandomGenerator;

/** How customers of a category are contacted and what comes of it. Means are numbered email, phone, post. */
final class Receptiveness {

    static final String[] CONTENTS = {"voucher", "free delivery", "new arrivals"};

    private static final Receptiveness RETAIL = new Receptiveness(
            new double[] {0.5, 0.15, 0.35}, new double[] {0.35, 0.3, 0.6}, new double[] {1.3, 0.8, 0.9});
    private static final Receptiveness ONLINE =
            new Receptiveness(new double[] {0.8, 0.1, 0.1}, new double[] {0.75, 0.2, 0.15}, new double[] {1, 1.4, 0.7});
    private static final Receptiveness WHOLESALE = new Receptiveness(
            new double[] {0.3, 0.6, 0.1}, new double[] {0.15, 0.9, 0.2}, new double[] {0.7, 0.8, 1.4});

    private final double[] shares;
    private final double[] effects;
    private final double[] tastes;

    /**
     * @param shares probability of each means for a contact
     * @param effects what a contact by each means adds to the buying rate of an average customer
     * @param tastes factor on the effect for each content
     */
    private Receptiveness(double[] shares, double[] effects, double[] tastes) {
        this.shares = shares;
        this.effects = effects;
        this.tastes = tastes;
    }

    static Receptiveness of(Category category) {
        return switch (category) {
            case RETAIL -> RETAIL;
            case ONLINE -> ONLINE;
            case WHOLESALE -> WHOLESALE;
        };
    }

    /** Draws how somebody is contacted. */
    int means(RandomGenerator random) {
        return Draws.index(random, Draws.runningTotal(shares));
    }

    double share(int means) {
        return shares[means];
    }

    double effect(int means, int content) {
        return effects[means] * tastes[content];
    }
}
