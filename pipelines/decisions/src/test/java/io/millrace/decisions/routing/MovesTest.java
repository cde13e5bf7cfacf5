package io.millrace.decisions.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every move beside the same move done on lists and priced by walking along the routes. */
class MovesTest {

    private static final double OVERLOAD = 3;
    private static final double LATENESS = 0.7;
    private static final double EXACT = 1e-6;
    private static final int TRIALS = 20_000;

    private static Stream<RandomProblems.Kind> kinds() {
        return Stream.of(
                new RandomProblems.Kind(1, 14, false, false),
                new RandomProblems.Kind(1, 14, true, false),
                new RandomProblems.Kind(1, 14, false, true),
                new RandomProblems.Kind(1, 14, true, true),
                new RandomProblems.Kind(2, 14, true, true),
                new RandomProblems.Kind(2, 14, false, false));
    }

    /** Routes as lists, on which moves are done slowly. */
    private static final class Lists {
        private final List<List<Integer>> stops = new ArrayList<>();
        private final List<Integer> depots = new ArrayList<>();

        Lists(Tours tours) {
            for (int r = 0; r < tours.slots; r++) {
                List<Integer> route = new ArrayList<>();
                for (int i = 1; i <= tours.length[r]; i++) {
                    route.add(tours.path[r][i]);
                }
                stops.add(route);
                depots.add(tours.depot[r]);
            }
        }

        List<Integer> cut(int r, int s, int e) {
            List<Integer> part = stops.get(r).subList(s - 1, e);
            List<Integer> copy = new ArrayList<>(part);
            part.clear();
            return copy;
        }

        List<Route> routes() {
            List<Route> routes = new ArrayList<>();
            for (int r = 0; r < stops.size(); r++) {
                routes.add(new Route(depots.get(r), stops.get(r)));
            }
            return routes;
        }
    }

    /** A move with its positions drawn: done on the tours, and on lists. */
    private interface Trial {
        boolean on(Moves moves);

        void on(Lists lists);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMoveIsMadeIfItPaysAndSavesWhatItSays(RandomProblems.Kind kind) {
        RoutingProblem problem = RandomProblems.of(kind, 3);
        Ground ground = new Ground(problem);
        Random random = new Random(5);
        Set<String> made = new HashSet<>();
        Set<String> left = new HashSet<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            Tours tours = new Tours(ground);
            tours.load(RandomProblems.routes(problem, 4, random));
            tours.empty(0);
            Moves moves = new Moves(tours);
            moves.penalties(OVERLOAD, LATENESS);
            int which = random.nextInt(6);
            Trial move = draw(which, tours, random);
            if (move == null || which == 4 && (kind.timed() || kind.asymmetric())) {
                continue;
            }
            double before = price(problem, tours);
            assertThat(moves.cost()).isCloseTo(before, within(EXACT));
            Lists lists = new Lists(tours);
            move.on(lists);
            double slowly = RandomProblems.cost(problem, lists.routes(), OVERLOAD, LATENESS);
            String name = "move " + which + " from " + before + " to " + slowly;
            if (move.on(moves)) {
                made.add("" + which);
                assertThat(moves.gained())
                        .as(name)
                        .isCloseTo(before - slowly, within(EXACT))
                        .isPositive();
                assertThat(moves.cost()).as(name).isCloseTo(slowly, within(EXACT));
                assertThat(new Lists(tours).stops).as(name).isEqualTo(lists.stops);
                tours.rollback();
                assertThat(moves.cost()).as("taken back").isCloseTo(before, within(EXACT));
            } else {
                left.add("" + which);
                assertThat(slowly).as(name).isGreaterThan(before - EXACT);
            }
        }
        assertThat(made).isEqualTo(left).hasSizeGreaterThanOrEqualTo(5);
    }

    private static double price(RoutingProblem problem, Tours tours) {
        return RandomProblems.cost(problem, tours.routes(), OVERLOAD, LATENESS);
    }

    private static Trial draw(int which, Tours tours, Random random) {
        int a = random.nextInt(tours.slots);
        int b = random.nextInt(tours.slots);
        if (tours.length[a] < 1) {
            return null;
        }
        int s = 1 + random.nextInt(tours.length[a]);
        int e = Math.min(tours.length[a], s + random.nextInt(3));
        return switch (which) {
            case 0 -> relocation(a, s, e, b, random.nextBoolean(), random.nextInt(tours.length[b] + 1));
            case 1 -> exchange(tours, a, s, e, b, random);
            case 2 -> reversal(a, s, tours.length[a]);
            case 3 -> a == b || tours.depot[a] != tours.depot[b] ? null : tails(tours, a, b, random);
            case 4 -> a == b || tours.depot[a] != tours.depot[b] ? null : joins(tours, a, b, random);
            default -> a == b ? null : swap(tours, a, s, b, random);
        };
    }

    private static Trial relocation(int a, int s, int e, int b, boolean turned, int j) {
        if (a == b && j >= s - 1 && j <= e) {
            return null;
        }
        int behind = a == b && j > e ? j - (e - s + 1) : j;
        return new Trial() {
            @Override
            public boolean on(Moves moves) {
                return moves.relocate(a, s, e, turned, b, j);
            }

            @Override
            public void on(Lists lists) {
                List<Integer> chain = lists.cut(a, s, e);
                if (turned) {
                    Collections.reverse(chain);
                }
                lists.stops.get(b).addAll(behind, chain);
            }
        };
    }

    private static Trial exchange(Tours tours, int a, int s, int e, int b, Random random) {
        if (tours.length[b] < 1) {
            return null;
        }
        int p = 1 + random.nextInt(tours.length[b]);
        int q = Math.min(tours.length[b], p + random.nextInt(2));
        if (a == b && p <= e + 1) {
            return null;
        }
        return new Trial() {
            @Override
            public boolean on(Moves moves) {
                return random.nextBoolean() ? moves.exchange(a, s, e, b, p, q) : moves.exchange(b, p, q, a, s, e);
            }

            @Override
            public void on(Lists lists) {
                List<Integer> two = lists.cut(b, p, q);
                List<Integer> one = lists.cut(a, s, e);
                lists.stops.get(a).addAll(s - 1, two);
                lists.stops.get(b).addAll(a == b ? p - 1 + two.size() - one.size() : p - 1, one);
            }
        };
    }

    private static Trial reversal(int a, int s, int e) {
        return new Trial() {
            @Override
            public boolean on(Moves moves) {
                return moves.reverse(a, s, e);
            }

            @Override
            public void on(Lists lists) {
                Collections.reverse(lists.stops.get(a).subList(s - 1, e));
            }
        };
    }

    private static Trial tails(Tours tours, int a, int b, Random random) {
        int i = random.nextInt(tours.length[a] + 1);
        int j = random.nextInt(tours.length[b] + 1);
        return new Trial() {
            @Override
            public boolean on(Moves moves) {
                return moves.tails(a, i, b, j);
            }

            @Override
            public void on(Lists lists) {
                List<Integer> one = lists.cut(a, i + 1, lists.stops.get(a).size());
                List<Integer> two = lists.cut(b, j + 1, lists.stops.get(b).size());
                lists.stops.get(a).addAll(two);
                lists.stops.get(b).addAll(one);
            }
        };
    }

    private static Trial joins(Tours tours, int a, int b, Random random) {
        int i = random.nextInt(tours.length[a] + 1);
        int j = random.nextInt(tours.length[b] + 1);
        return new Trial() {
            @Override
            public boolean on(Moves moves) {
                return moves.joins(a, i, b, j);
            }

            @Override
            public void on(Lists lists) {
                List<Integer> tail = lists.cut(a, i + 1, lists.stops.get(a).size());
                List<Integer> head = lists.cut(b, 1, j);
                Collections.reverse(tail);
                Collections.reverse(head);
                lists.stops.get(a).addAll(head);
                lists.stops.get(b).addAll(0, tail);
            }
        };
    }

    private static Trial swap(Tours tours, int a, int i, int b, Random random) {
        if (tours.length[b] < 1) {
            return null;
        }
        int j = 1 + random.nextInt(tours.length[b]);
        int p = random.nextInt(tours.length[b] + 1);
        int q = random.nextInt(tours.length[a] + 1);
        if (p == j || q == i) {
            return null;
        }
        List<Integer> one = new Lists(tours).stops.get(a);
        List<Integer> two = new Lists(tours).stops.get(b);
        List<Integer> newOne = swapped(one, i, two.get(j - 1), q);
        List<Integer> newTwo = swapped(two, j, one.get(i - 1), p);
        double delta =
                length(tours, a, newOne) + length(tours, b, newTwo) - length(tours, a, one) - length(tours, b, two);
        return new Trial() {
            @Override
            public boolean on(Moves moves) {
                return moves.swap(a, i, b, j, p, q, delta);
            }

            @Override
            public void on(Lists lists) {
                lists.stops.set(a, newOne);
                lists.stops.set(b, newTwo);
            }
        };
    }

    private static List<Integer> swapped(List<Integer> route, int out, int in, int behind) {
        List<Integer> swapped = new ArrayList<>(route);
        swapped.add(behind, in);
        swapped.remove(behind < out ? out : out - 1);
        return swapped;
    }

    private static double length(Tours tours, int r, List<Integer> stops) {
        double length = 0;
        int here = tours.depot[r];
        for (int next : stops) {
            length += tours.ground.distance(here, next);
            here = next;
        }
        return length + tours.ground.distance(here, tours.depot[r]);
    }
}
