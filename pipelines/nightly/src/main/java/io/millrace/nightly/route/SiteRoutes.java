package io.millrace.nightly.route;

import io.millrace.decisions.routing.Route;
import io.millrace.decisions.routing.RoutingOptimizer;
import io.millrace.decisions.routing.RoutingOptions;
import io.millrace.decisions.routing.RoutingPlan;
import io.millrace.decisions.routing.RoutingProblem;
import io.millrace.decisions.routing.Stop;
import io.millrace.decisions.routing.TravelMatrix;
import io.millrace.nightly.tables.RowMaker;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;

/** The routes of one site on one day, planned on an executor. */
record SiteRoutes(Fleet fleet, LocalDate due, String models) implements Serializable {

    /** Ants for each stop: by their number and not by time, so that the same night gives the same routes. */
    private static final long ANTS = 100;

    private static final long FEWEST_ANTS = 2_000;

    /** A site with its deliveries on the day. @param latitude null if nobody knows where it is */
    private record Site(String code, Double latitude, Double longitude, List<Delivery> deliveries) {}

    /**
     * Rows of gold.route_stop.
     *
     * @param site {@code site_code, latitude, longitude, shipments}, the last one an array as for {@link Delivery#of}
     */
    List<Row> plan(Row site, RowMaker out) {
        List<Delivery> deliveries = site.<Row>getList(site.fieldIndex("shipments")).stream()
                .map(row -> Delivery.of(row, fleet.capacity(), fleet.departure(), fleet.returnBy()))
                .sorted(Comparator.comparing(Delivery::code))
                .toList();
        Site of = new Site(site.getAs("site_code"), site.getAs("latitude"), site.getAs("longitude"), deliveries);
        List<Delivery> served = new ArrayList<>();
        List<Delivery> left = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            Delivery looked = reachable(of, delivery);
            (looked.fault() == null ? served : left).add(looked);
        }
        List<Row> rows = new ArrayList<>();
        if (!served.isEmpty()) {
            Planned planned = planned(of, served);
            List<Delivery> carried = planned.deliveries();
            served.stream()
                    .filter(delivery -> !carried.contains(delivery))
                    .forEach(delivery -> left.add(delivery.but("no vehicle is left for it")));
            rows.addAll(rows(of, planned, out));
        }
        left.sort(Comparator.comparing(Delivery::code));
        for (int i = 0; i < left.size(); i++) {
            rows.add(draft(out, of, 0, i + 1, "left_out")
                    .put("shipment_code", left.get(i).code())
                    .put("reason", "On no route: %s.".formatted(left.get(i).fault()))
                    .done());
        }
        return rows;
    }

    /** The delivery, with a fault if a vehicle of its own would come too late, or back too late. */
    private Delivery reachable(Site site, Delivery delivery) {
        if (delivery.fault() != null) {
            return delivery;
        }
        if (site.latitude() == null || site.longitude() == null) {
            return delivery.but("nobody knows where its site is");
        }
        double way = fleet.minutes(
                fleet.kilometres(site.latitude(), site.longitude(), delivery.latitude(), delivery.longitude()));
        double arrival = Math.max(fleet.departure() + way, delivery.opens());
        boolean isLate = arrival > delivery.closes() || arrival + fleet.service() + way > fleet.returnBy();
        return isLate
                ? delivery.but("a vehicle of its own would be %.0f minutes on the way and too late".formatted(way))
                : delivery;
    }

    /** Routes for the deliveries that the vehicles can carry. */
    private record Planned(List<Delivery> deliveries, RoutingProblem problem, RoutingPlan plan) {}

    /** Routes of the vehicles that there are; if they are too few, for what the routes carry that have most stops. */
    private Planned planned(Site site, List<Delivery> served) {
        Planned free = planned(site, served, OptionalInt.empty());
        int most = fleet.limit().orElse(Integer.MAX_VALUE);
        if (free.plan().routes().size() <= most) {
            return free;
        }
        double total = served.stream().mapToDouble(Delivery::demand).sum();
        if (total <= fleet.capacity() * most) {
            Planned limited = planned(site, served, fleet.limit());
            if (limited.plan().verdict().isFeasible()) {
                return limited;
            }
        }
        List<Delivery> kept = free.plan().routes().stream()
                .sorted(Comparator.<Route>comparingInt(route -> -route.stops().size())
                        .thenComparing(route -> route.stops().get(0)))
                .limit(most)
                .flatMap(route -> route.stops().stream())
                .map(stop -> served.get(stop - 1))
                .sorted(Comparator.comparing(Delivery::code))
                .toList();
        return planned(site, kept);
    }

    private Planned planned(Site site, List<Delivery> served, OptionalInt vehicles) {
        RoutingProblem problem = problem(site, served, vehicles);
        long ants = Math.max(FEWEST_ANTS, ANTS * served.size());
        // The executor has its other processors busy with other sites.
        RoutingOptions options = RoutingOptions.ofIterations(ants, fleet.seed()).withThreads(1);
        return new Planned(served, problem, new RoutingOptimizer(options).plan(problem));
    }

    private RoutingProblem problem(Site site, List<Delivery> served, OptionalInt vehicles) {
        double[] latitude = new double[served.size() + 1];
        double[] longitude = new double[served.size() + 1];
        latitude[0] = site.latitude();
        longitude[0] = site.longitude();
        List<Stop> customers = new ArrayList<>();
        for (int i = 0; i < served.size(); i++) {
            Delivery d = served.get(i);
            latitude[i + 1] = d.latitude();
            longitude[i + 1] = d.longitude();
            customers.add(new Stop(d.code(), d.demand(), d.opens(), d.closes(), fleet.service()));
        }
        TravelMatrix distance = TravelMatrix.of(
                latitude.length, (i, j) -> fleet.kilometres(latitude[i], longitude[i], latitude[j], longitude[j]));
        TravelMatrix duration = TravelMatrix.of(latitude.length, (i, j) -> fleet.minutes(distance.between(i, j)));
        Stop depot = new Stop(site.code(), 0, fleet.departure(), fleet.returnBy(), 0);
        return new RoutingProblem(
                site.code(), List.of(depot), customers, fleet.capacity(), vehicles, distance, duration);
    }

    private List<Row> rows(Site site, Planned of, RowMaker out) {
        RoutingProblem problem = of.problem();
        double planned = of.plan().distance();
        double baseline = of.plan().baselines().get("savings").distance();
        List<Row> rows = new ArrayList<>();
        List<Route> routes = of.plan().routes();
        for (int r = 0; r < routes.size(); r++) {
            List<Integer> way = new ArrayList<>(routes.get(r).stops());
            double load = way.stream()
                    .mapToDouble(stop -> problem.place(stop).demand())
                    .sum();
            way.add(0);
            double time = fleet.departure();
            int here = 0;
            for (int i = 0; i < way.size(); i++) {
                int there = way.get(i);
                Stop stop = problem.place(there);
                time = Math.max(time + problem.duration().between(here, there), stop.opens());
                load -= stop.demand();
                rows.add(draft(out, site, r + 1, i + 1, "planned")
                        .put("vehicle_code", "%s-%d".formatted(site.code(), r + 1))
                        .put("shipment_code", there == 0 ? null : stop.code())
                        .put("arrival_at", at(time))
                        .put("load_after", Math.max(0, load))
                        .put("distance_km", problem.distance().between(here, there))
                        .put("planned_km", planned)
                        .put("baseline_km", baseline)
                        .put("reason", reason(stop, there == 0, planned, baseline))
                        .done());
                time += stop.service();
                here = there;
            }
        }
        return rows;
    }

    private String reason(Stop stop, boolean isReturn, double planned, double baseline) {
        String all = String.format(
                Locale.ROOT,
                "All routes of the site are %.1f km, and %.1f km as savings would draw them",
                planned,
                baseline);
        return isReturn
                ? "Back at the site. " + all + "."
                : "Between %s and %s. %s.".formatted(clock(stop.opens()), clock(stop.closes()), all);
    }

    private static String clock(double minutes) {
        int whole = (int) minutes;
        return String.format(Locale.ROOT, "%02d:%02d", whole / 60, whole % 60);
    }

    private Instant at(double minutes) {
        return due.atStartOfDay(fleet.zone())
                .toLocalDateTime()
                .plusSeconds(Math.round(minutes * 60))
                .atZone(fleet.zone())
                .toInstant();
    }

    private RowMaker.Draft draft(RowMaker out, Site site, int route, int stop, String state) {
        return out.row()
                .put("due_date", due)
                .put("site_code", site.code())
                .put("route_no", route)
                .put("stop_no", stop)
                .put("state", state)
                .put("model_versions", models);
    }
}
