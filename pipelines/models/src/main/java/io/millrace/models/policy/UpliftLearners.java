package io.millrace.models.policy;

import io.millrace.models.policy.UpliftLearner.Uplift;
import io.millrace.models.regression.Regressor;
import io.millrace.models.regression.RidgeSpline;
import java.util.ArrayList;
import java.util.List;

/** The learners that are tried. */
final class UpliftLearners {

    private UpliftLearners() {}

    /** All of them. */
    static List<UpliftLearner> all(long seed) {
        RidgeSpline line = new RidgeSpline(RewardModel.LINE_ROWS);
        return List.of(
                new Difference(),
                new Cross(line),
                new DoublyRobust("DR-learner, lines", line),
                new DoublyRobust("DR-learner, trees", RewardModel.trees(seed)),
                new ShallowTree());
    }

    /** The T-learner: the difference of what two models of the reward expect (Künzel and others, 2019, compare it with others). */
    record Difference() implements UpliftLearner {
        @Override
        public String name() {
            return "T-learner";
        }

        @Override
        public Uplift fit(Lesson lesson) {
            return (rows, expected) -> {
                double[][] uplift = new double[rows.length][];
                for (int i = 0; i < uplift.length; i++) {
                    uplift[i] = expected[i].clone();
                    for (int a = 0; a < uplift[i].length; a++) {
                        uplift[i][a] -= expected[i][lesson.reference()];
                    }
                }
                return uplift;
            };
        }
    }

    /**
     * The X-learner (Künzel, Sekhon, Bickel and Yu, "Metalearners for estimating heterogeneous treatment effects using machine
     * learning", 2019): each side's rewards less what the other side's model expects, regressed, and weighted by the share of the other
     * side.
     */
    record Cross(Regressor regressor) implements UpliftLearner {
        @Override
        public String name() {
            return "X-learner";
        }

        @Override
        public Uplift fit(Lesson lesson) {
            int reference = lesson.reference();
            int[] controls = lesson.log().places(reference);
            return perAction(lesson, action -> {
                int[] treated = lesson.log().places(action);
                Regressor.Fitted ofTreated = imputed(lesson, treated, reference, 1);
                Regressor.Fitted ofControls = imputed(lesson, controls, action, -1);
                double share = (double) treated.length / (treated.length + controls.length);
                return rows -> {
                    double[] first = ofControls.predict(rows);
                    double[] second = ofTreated.predict(rows);
                    for (int i = 0; i < first.length; i++) {
                        first[i] = share * first[i] + (1 - share) * second[i];
                    }
                    return first;
                };
            });
        }

        private Regressor.Fitted imputed(Lesson lesson, int[] places, int other, int sign) {
            double[] targets = new double[places.length];
            for (int i = 0; i < places.length; i++) {
                targets[i] = sign * (lesson.log().rewards()[places[i]] - lesson.expected()[places[i]][other]);
            }
            return regressor.fit(ContactLog.at(lesson.log().rows(), places), targets);
        }
    }

    /** The DR-learner (Kennedy, "Towards optimal doubly robust estimation of heterogeneous causal effects", 2020): differences of scores, regressed. */
    record DoublyRobust(String name, Regressor regressor) implements UpliftLearner {
        @Override
        public Uplift fit(Lesson lesson) {
            return perAction(lesson, action -> regressor.fit(lesson.log().rows(), lesson.advantage(action)));
        }
    }

    /** A tree of two levels on the scores; what a leaf says is the mean of the differences in it. See {@link PolicyTree}. */
    record ShallowTree() implements UpliftLearner {
        @Override
        public String name() {
            return "policy tree";
        }

        @Override
        public Uplift fit(Lesson lesson) {
            PolicyTree tree = PolicyTree.fit(lesson.log().rows(), lesson.scores());
            return (rows, expected) -> {
                double[][] uplift = new double[rows.length][];
                for (int i = 0; i < uplift.length; i++) {
                    uplift[i] = tree.means(rows[i]).clone();
                    double reference = uplift[i][lesson.reference()];
                    for (int a = 0; a < uplift[i].length; a++) {
                        uplift[i][a] -= reference;
                    }
                }
                return uplift;
            };
        }
    }

    private interface OfAction {
        Regressor.Fitted fit(int action);
    }

    private static Uplift perAction(Lesson lesson, OfAction learner) {
        int actions = lesson.log().actions().size();
        List<Regressor.Fitted> fitted = new ArrayList<>();
        for (int a = 0; a < actions; a++) {
            fitted.add(a == lesson.reference() ? rows -> new double[rows.length] : learner.fit(a));
        }
        return (rows, expected) -> {
            double[][] uplift = new double[rows.length][actions];
            for (int a = 0; a < actions; a++) {
                double[] of = fitted.get(a).predict(rows);
                for (int i = 0; i < of.length; i++) {
                    uplift[i][a] = of[i];
                }
            }
            return uplift;
        };
    }
}
