package io.millrace.launcher.demo;

import io.millrace.launcher.demo.Customer.Category;
import io.millrace.launcher.demo.Customer.Channel;
import io.millrace.launcher.demo.Customer.Habits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Draws the customers: who they are, where they live, how they buy. */
final class Population {

    private static final String[] FIRST = {
        "Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Hannes", "Ida", "Jonas", "Käthe", "Lukas", "Mia",
        "Noah", "Olga", "Paul", "Quirin", "Rosa", "Sören", "Tilda", "Uwe", "Vera", "Willi", "Yara", "Zoe"
    };
    private static final String[] LAST = {
        "Müller", "Schmidt", "Weber", "Fischer", "Becker", "Wagner", "Hoffmann", "Schäfer", "Koch", "Richter", "Klein",
        "Wolf", "Neumann", "Schwarz", "Zimmermann", "Braun", "Krüger", "Hartmann", "Lange", "Krause", "O'Connor",
                "Janßen"
    };
    private static final String[] FIRMS = {"Café", "Bistro", "Hotel", "Catering", "Kontor", "Markt", "Haus", "Werkstatt"
    };
    private static final String[] STREETS = {
        "Mühlenweg",
        "Bahnhofstraße",
        "Hauptstraße",
        "Gartenstraße",
        "Am Markt",
        "Lindenallee",
        "Schulstraße",
        "Ringstraße"
    };
    private static final double KM_PER_DEGREE = 111.2;

    private final DemoOptions options;
    private final List<Site> sites;
    private final double[] shares;
    private final RandomGenerator random;

    private Population(DemoOptions options, List<Site> sites) {
        this.options = options;
        this.sites = sites;
        this.shares = Draws.runningTotal(sites.stream().mapToDouble(Site::share).toArray());
        this.random = Draws.stream(options.seed(), "customers");
    }

    static List<Customer> draw(DemoOptions options, List<Site> sites) {
        Population population = new Population(options, sites);
        int[] joined = population.joinedDays();
        List<Customer> customers = new ArrayList<>(joined.length);
        for (int i = 0; i < joined.length; i++) {
            customers.add(population.customer(i, joined[i]));
        }
        return Collections.unmodifiableList(customers);
    }

    /** In rising order, so that codes rise with time as an ERP's do: three in five were there before the history. */
    private int[] joinedDays() {
        int[] joined = new int[options.customers()];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = Draws.chance(random, 0.62)
                    ? -1 - (int) (2200 * random.nextDouble() * random.nextDouble())
                    : random.nextInt(options.days() - 20);
        }
        java.util.Arrays.sort(joined);
        return joined;
    }

    private Customer customer(int i, int joinedDay) {
        double kind = random.nextDouble();
        Category category = kind < 0.55 ? Category.RETAIL : kind < 0.85 ? Category.ONLINE : Category.WHOLESALE;
        int site = Draws.index(random, shares);
        Site home = sites.get(site);
        double latitude = home.latitude() + 22 / KM_PER_DEGREE * random.nextGaussian();
        double narrowing = StrictMath.cos(StrictMath.toRadians(home.latitude()));
        double longitude = home.longitude() + 22 / KM_PER_DEGREE / narrowing * random.nextGaussian();
        String code = String.format(Locale.ROOT, "C-%06d", i + 1);
        return new Customer(
                code,
                contact(i, category, home),
                category,
                joinedDay,
                Draws.chance(random, 0.04),
                site,
                latitude,
                longitude,
                habits(category, joinedDay));
    }

    private Customer.Contact contact(int i, Category category, Site home) {
        String last = Draws.oneOf(random, LAST);
        String person = Draws.oneOf(random, FIRST) + " " + last;
        String name =
                category == Category.WHOLESALE ? Draws.oneOf(random, FIRMS) + " " + last + ", " + home.city() : person;
        String email = Draws.chance(random, 0.05) ? null : ascii(last) + "." + (i + 1) + "@example.com";
        String phone = Draws.chance(random, 0.15)
                ? null
                : String.format(Locale.ROOT, "+49 30 555%05d", random.nextInt(100_000));
        String street = Draws.oneOf(random, STREETS) + " " + (1 + random.nextInt(140));
        String postalCode = String.format(Locale.ROOT, "%05d", 10_000 + random.nextInt(89_000));
        return new Customer.Contact(name, email, phone, street, postalCode, home.city());
    }

    /** Loyal ones buy a little more often and have been there longer, but only a little. */
    private Habits habits(Category category, int joinedDay) {
        double rate = Draws.gamma(random, 2, 1);
        double tenure = Math.min(1, Math.max(0, -joinedDay) / 1500.0) - 0.25;
        double loyalty = 0.45 * StrictMath.log(rate + 0.2) + 0.5 * tenure + 0.85 * random.nextGaussian();
        double persuadability = Draws.chance(random, 0.08) ? -0.5 : Draws.gamma(random, 2, 1);
        int favourite = random.nextInt(Range.ALL.size());
        int second = random.nextInt(Range.ALL.size());
        double ordersPerDay = Math.max(0.003, category.ordersPerDay() * rate);
        return new Habits(loyalty, ordersPerDay, persuadability, favourite, second, channel(category));
    }

    private Channel channel(Category category) {
        return switch (category) {
            case ONLINE -> Channel.WEB;
            case WHOLESALE -> Draws.chance(random, 0.5) ? Channel.PHONE : Channel.WEB;
            case RETAIL -> Draws.chance(random, 0.6) ? Channel.STORE : Channel.WEB;
        };
    }

    private static String ascii(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("ü", "ue")
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ß", "ss")
                .replaceAll("[^a-z]", "");
    }
}
