package io.millrace.models.churn;

import io.millrace.models.regression.LinearTerms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which products of two terms are worth a coefficient: those that tell most of what the sum of the terms leaves open. Each
 * is measured by itself, by the score test for adding it to the regression without products (Rao, 1948), as in sure
 * independence screening (Fan and Lv, 2008).
 */
final class Screening {

    /** A product whose variance is less, once the mean is taken away, is one and the same for nearly all rows. */
    private static final double LEAST_VARIANCE = 1e-6;

    private final double[][] terms;
    private final double[] residuals;
    private final double[] weights;

    /** Two terms, with the score of their product, its mean and its standard deviation. */
    private record Product(int first, int second, double score, double mean, double deviation) {}

    private Screening(double[][] terms, int[] labels, double ridge) {
        this.terms = terms;
        this.residuals = new double[labels.length];
        this.weights = new double[labels.length];
        double[] beta = new NewtonLogistic(terms, labels, ridge).solve();
        for (int i = 0; i < labels.length; i++) {
            double margin = beta[beta.length - 1];
            for (int t = 0; t < terms[i].length; t++) {
                margin += beta[t] * terms[i][t];
            }
            double p = 1 / (1 + Math.exp(-margin));
            residuals[i] = labels[i] - p;
            weights[i] = p * (1 - p);
        }
    }

    /** The terms with the {@code most} products of different features that score highest. */
    static Terms products(LinearTerms lines, TrainingSet set, double ridge, int most) {
        Screening screening = new Screening(lines.of(set.rows()), set.labels(), ridge);
        List<Product> products = new ArrayList<>();
        for (int a = 0; a < lines.width(); a++) {
            for (int b = 0; b < a; b++) {
                if (lines.feature(a) != lines.feature(b)) {
                    Product product = screening.product(a, b);
                    if (product.deviation() * product.deviation() > LEAST_VARIANCE) {
                        products.add(product);
                    }
                }
            }
        }
        products.sort(Comparator.comparingDouble(product -> -product.score()));
        List<Product> best = products.subList(0, Math.min(most, products.size()));
        return new Terms(
                lines,
                best.stream().mapToInt(Product::first).toArray(),
                best.stream().mapToInt(Product::second).toArray(),
                best.stream().mapToDouble(Product::mean).toArray(),
                best.stream().mapToDouble(Product::deviation).toArray());
    }

    private Product product(int a, int b) {
        double sum = 0;
        double squares = 0;
        double gradient = 0;
        double weight = 0;
        double weighted = 0;
        double weightedSquares = 0;
        for (int i = 0; i < terms.length; i++) {
            double x = terms[i][a] * terms[i][b];
            double wx = weights[i] * x;
            sum += x;
            squares += x * x;
            gradient += residuals[i] * x;
            weight += weights[i];
            weighted += wx;
            weightedSquares += wx * x;
        }
        double information = weightedSquares - weighted * weighted / weight;
        double mean = sum / terms.length;
        double variance = Math.max(0, squares / terms.length - mean * mean);
        double score = information > LEAST_VARIANCE * weight ? gradient * gradient / information : 0;
        return new Product(a, b, score, mean, Math.sqrt(variance));
    }
}
