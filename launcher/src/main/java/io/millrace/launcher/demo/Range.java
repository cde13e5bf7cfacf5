package io.millrace.launcher.demo;

import java.util.List;

/**
 * A part of the catalogue whose products sell in the same season.
 *
 * @param peak day of the year on which it sells best
 * @param swing how far sales swing over the year: the factor runs from 1 - swing to 1 + swing
 * @param weekend factor on Saturdays and Sundays
 * @param things what is sold, the article and its usual price in cents
 */
record Range(String name, int peak, double swing, double weekend, List<Thing> things) {

    /** An article: its price in cents and its weight in grams. */
    record Thing(String name, int cents, int grams) {}

    static final List<Range> ALL = List.of(
            new Range(
                    "coffee",
                    345,
                    0.10,
                    0.8,
                    List.of(
                            new Thing("Espresso Beans 1 kg", 1690, 1050), new Thing("Filter Coffee 500 g", 890, 540),
                            new Thing("Coffee Grinder", 4990, 1800), new Thing("Moka Pot", 2990, 900))),
            new Range(
                    "tea",
                    15,
                    0.45,
                    0.9,
                    List.of(
                            new Thing("Green Tea 250 g", 790, 290), new Thing("Rooibos Tea 250 g", 690, 290),
                            new Thing("Teapot", 3490, 1200), new Thing("Tea Strainer", 590, 60))),
            new Range(
                    "garden",
                    130,
                    0.80,
                    1.5,
                    List.of(
                            new Thing("Watering Can", 1890, 900), new Thing("Pruning Shears", 2490, 350),
                            new Thing("Potting Soil 20 l", 790, 8000), new Thing("Garden Hose 15 m", 2790, 2600))),
            new Range(
                    "grill",
                    185,
                    0.85,
                    1.6,
                    List.of(
                            new Thing("Charcoal 5 kg", 1190, 5000), new Thing("Grill Tongs", 1490, 300),
                            new Thing("Cast Iron Plate", 3990, 4200), new Thing("Grill Brush", 990, 250))),
            new Range(
                    "lighting",
                    350,
                    0.60,
                    1.0,
                    List.of(
                            new Thing("Desk Lamp", 4490, 1600), new Thing("Candle Set", 1290, 800),
                            new Thing("Light Chain", 1990, 450), new Thing("LED Bulb", 690, 80))),
            new Range(
                    "kitchen",
                    340,
                    0.35,
                    1.2,
                    List.of(
                            new Thing("Chef's Knife", 5990, 320), new Thing("Cutting Board", 2290, 1400),
                            new Thing("Mixing Bowl", 1690, 700), new Thing("Storage Jar", 890, 520))),
            new Range(
                    "cleaning",
                    90,
                    0.10,
                    0.9,
                    List.of(
                            new Thing("Dish Soap 1 l", 390, 1100), new Thing("Microfibre Cloths", 790, 150),
                            new Thing("Floor Cleaner 2 l", 590, 2150), new Thing("Broom", 1390, 650))),
            new Range(
                    "stationery",
                    245,
                    0.50,
                    0.6,
                    List.of(
                            new Thing("Notebook A5", 690, 280), new Thing("Ballpoint Pens", 490, 90),
                            new Thing("Lever Arch File", 450, 420), new Thing("Desk Pad", 1590, 600))));

    double season(int dayOfYear) {
        return 1 + swing * StrictMath.cos(2 * StrictMath.PI * (dayOfYear - peak) / 365.25);
    }
}
