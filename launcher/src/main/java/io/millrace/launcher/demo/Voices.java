package io.millrace.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What customers write: a sentence on the product, often one on the delivery, at times a closing one. Either may be
 * praise, blame or neither, plain or by negation ("not bad at all"), and the two may disagree. The truth is the sign of
 * their sum.
 */
final class Voices {

    private static final String[] CHANNELS = {"review", "mail", "chat", "call"};
    private static final double[] CHANNEL_SHARES = Draws.runningTotal(0.45, 0.3, 0.15, 0.1);

    private static final String[][] ON_PRODUCT = {
        {
            "The %s broke after a week.",
            "Very disappointed with the %s, poor quality.",
            "I would not recommend the %s to anyone.",
            "The %s is not what I had hoped for.",
            "The %s feels cheap and is far too expensive for what it is.",
            "Not good at all: the %s does not do its job.",
            "The %s was a waste of money.",
            "I can't say that I am happy with the %s.",
            "The %s arrived scratched, and it never worked properly."
        },
        {
            "The %s is okay.",
            "The %s does what it should, no more and no less.",
            "Average quality, the %s.",
            "I have used the %s twice so far.",
            "The %s is neither great nor terrible.",
            "Question about the %s: does it come in other sizes?",
            "The %s looks a bit different from the picture."
        },
        {
            "The %s is excellent.",
            "I love the %s, great quality for the price.",
            "The %s is not bad at all.",
            "Couldn't be happier with the %s.",
            "The %s works perfectly, I would buy it again.",
            "I was sceptical, but the %s is really good.",
            "No complaints: the %s is wonderful.",
            "My colleagues call the %s \"the best we ever had\", and they are right.",
            "Beautiful %s, well made and easy to use."
        }
    };
    private static final String[][] ON_DELIVERY = {
        {
            "Delivery took two weeks longer than promised.",
            "The parcel arrived damaged and nobody answered my mail.",
            "Half of the order was missing.",
            "I had to call three times before it came.",
            "It was not delivered on the day you promised."
        },
        {"Delivery was on time.", "It came with the usual carrier.", "The box was bigger than needed."},
        {
            "Delivery was fast.",
            "It arrived a day early, well packed.",
            "Friendly driver, thank you!",
            "Never had a problem with your deliveries.",
            "Quick and uncomplicated, as always."
        }
    };
    private static final String[][] CLOSING = {
        {"I will look elsewhere next time.", "Please refund me.", "Not again."},
        {"Regards", "Thanks for an answer."},
        {"Keep it up!", "See you next time.", "Recommended."}
    };

    private final RandomGenerator random;
    private int written;

    Voices(DemoOptions options) {
        this.random = Draws.stream(options.seed(), "voices");
    }

    /**
     * A text about a product that was ordered on a day.
     *
     * @param mood what the customer thinks of the shop: 0 usual, below 0 upset
     */
    Feedback write(int orderDay, int customer, int product, Product about, double mood, boolean badDelivery) {
        int onProduct = sign(0.35 + 0.75 * about.quality() + mood + 0.6 * random.nextGaussian());
        boolean withDelivery = badDelivery || Draws.chance(random, 0.35);
        int onDelivery = !withDelivery ? 0 : badDelivery ? -1 : sign(0.5 + random.nextGaussian());
        int sentiment = Integer.signum(onProduct + onDelivery);
        String channel = CHANNELS[Draws.index(random, CHANNEL_SHARES)];
        int day = orderDay + 2 + random.nextInt(9);
        String id = String.format(Locale.ROOT, "F%07d", ++written);
        String text = text(about, onProduct, withDelivery, onDelivery, sentiment);
        return new Feedback(
                id,
                day,
                7 * 60 + random.nextInt(900),
                customer,
                product,
                channel,
                rating(channel, sentiment),
                text,
                sentiment);
    }

    private static int sign(double opinion) {
        return opinion > 0.3 ? 1 : opinion < -0.3 ? -1 : 0;
    }

    private int rating(String channel, int sentiment) {
        boolean asked = channel.equals("review") || (channel.equals("chat") && Draws.chance(random, 0.4));
        if (!asked) {
            return 0;
        }
        int stars = 3 + 2 * sentiment - (Draws.chance(random, 0.35) ? sentiment : 0);
        return Draws.chance(random, 0.04) ? 1 + random.nextInt(5) : stars;
    }

    private String text(Product about, int onProduct, boolean withDelivery, int onDelivery, int sentiment) {
        List<String> sentences = new ArrayList<>();
        String called = about.name().substring(about.name().indexOf(' ') + 1).toLowerCase(Locale.ROOT);
        sentences.add(String.format(Locale.ROOT, Draws.oneOf(random, ON_PRODUCT[onProduct + 1]), called));
        if (withDelivery) {
            sentences.add(joined(Draws.oneOf(random, ON_DELIVERY[onDelivery + 1]), onProduct * onDelivery < 0));
        }
        if (Draws.chance(random, 0.3)) {
            sentences.add(Draws.oneOf(random, CLOSING[sentiment + 1]));
        }
        return String.join(" ", sentences);
    }

    private static String joined(String sentence, boolean contrary) {
        return contrary ? "But: " + sentence : sentence;
    }
}
