package io.millrace.launcher.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A warehouse.
 *
 * @param share part of all customers that it serves
 */
record Site(String code, String city, double latitude, double longitude, double share) {

    private record Place(String city, double latitude, double longitude) {}

    private static final List<Place> PLACES = List.of(
            new Place("Hannover", 52.3759, 9.7320), new Place("Leipzig", 51.3397, 12.3731),
            new Place("Stuttgart", 48.7758, 9.1829), new Place("Bremen", 53.0793, 8.8017),
            new Place("Nuremberg", 49.4521, 11.0767), new Place("Dortmund", 51.5136, 7.4653),
            new Place("Erfurt", 50.9848, 11.0299), new Place("Freiburg", 47.9990, 7.8421),
            new Place("Rostock", 54.0924, 12.0991), new Place("Kassel", 51.3127, 9.4797),
            new Place("Mainz", 49.9929, 8.2473), new Place("Regensburg", 49.0134, 12.1016));

    /** The first warehouse is the largest; each next one is a little smaller. */
    static List<Site> draw(DemoOptions options) {
        int count = Math.min(options.sites(), PLACES.size());
        double all = 0;
        for (int i = 0; i < count; i++) {
            all += 1 / (i + 1.5);
        }
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Place place = PLACES.get(i);
            String code = String.format(Locale.ROOT, "WH%02d", i + 1);
            sites.add(new Site(code, place.city(), place.latitude(), place.longitude(), 1 / (i + 1.5) / all));
        }
        return Collections.unmodifiableList(sites);
    }
}
