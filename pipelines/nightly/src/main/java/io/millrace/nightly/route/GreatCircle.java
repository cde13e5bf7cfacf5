package io.millrace.nightly.route;

/** Distances on the earth, by the haversine formula. */
public final class GreatCircle {

    /** Mean radius of the earth, km. */
    private static final double RADIUS = 6371.0088;

    private GreatCircle() {}

    /** Kilometres as the crow flies between two places in degrees; NaN if one of the numbers is. */
    public static double kilometres(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        double phi = Math.toRadians(latitude);
        double otherPhi = Math.toRadians(otherLatitude);
        double a = haversine(otherPhi - phi)
                + Math.cos(phi) * Math.cos(otherPhi) * haversine(Math.toRadians(otherLongitude - longitude));
        return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(a)));
    }

    private static double haversine(double angle) {
        double half = Math.sin(angle / 2);
        return half * half;
    }
}
