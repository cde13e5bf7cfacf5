package io.millrace.nightly.route;

import io.millrace.nightly.settings.Settings;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.OptionalInt;

/**
 * The vehicles of a site, as executors need to know them.
 *
 * @param capacity  of a vehicle, in the unit of the shipments' demand
 * @param vehicles  at the site, 0 for as many as it takes
 * @param departure earliest start, in minutes of the day
 * @param returnBy  latest return, in minutes of the day
 * @param zone      whose clock that is
 * @param speed     km/h on the road
 * @param detour    length of the road as a multiple of the straight line
 * @param service   minutes at a stop
 * @param seed      of what is drawn
 */
record Fleet(
        double capacity,
        int vehicles,
        double departure,
        double returnBy,
        ZoneId zone,
        double speed,
        double detour,
        double service,
        long seed)
        implements Serializable {

    static Fleet of(Settings.Routes routes, long seed) {
        return new Fleet(
                routes.capacity(),
                routes.vehicles() == null ? 0 : routes.vehicles(),
                Delivery.minutes(routes.departure()),
                Delivery.minutes(routes.returnBy()),
                routes.zone(),
                routes.speed(),
                routes.detour(),
                routes.service().toSeconds() / 60.0,
                seed);
    }

    OptionalInt limit() {
        return vehicles == 0 ? OptionalInt.empty() : OptionalInt.of(vehicles);
    }

    /** Minutes on the road. */
    double minutes(double kilometres) {
        return kilometres / speed * 60;
    }

    /** Kilometres on the road between two places in degrees: the great circle, and the detour. */
    double kilometres(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        return detour * GreatCircle.kilometres(latitude, longitude, otherLatitude, otherLongitude);
    }
}
