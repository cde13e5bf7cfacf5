package io.millrace.models.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a classifier of two classes or more is right. Precision, recall and F1 are means over the classes that stand in the labels or are said
 * (Sokolova and Lapalme 2009, "A systematic analysis of performance measures for classification tasks", macro-averaging); a class that is never said
 * has a precision of 0, one that has no row a recall of 0. Each is 0 to 1.
 */
public record MulticlassMetrics(double accuracy, double precision, double recall, double macroF1) {

    /**
     * Counts.
     *
     * @param said   number of the class that is said, one a row
     * @param labels number of the true class, one a row
     * @param count  classes, numbered from 0
     */
    public static MulticlassMetrics of(int[] said, int[] labels, int count) {
        if (said.length != labels.length || labels.length == 0) {
            throw new IllegalArgumentException("There are %d answers for %d labels; give one each, and at least one"
                    .formatted(said.length, labels.length));
        }
        long[] right = new long[count];
        long[] saidSo = new long[count];
        long[] areSo = new long[count];
        long rights = 0;
        for (int i = 0; i < labels.length; i++) {
            saidSo[said[i]]++;
            areSo[labels[i]]++;
            if (said[i] == labels[i]) {
                right[labels[i]]++;
                rights++;
            }
        }
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        int present = 0;
        for (int c = 0; c < count; c++) {
            if (saidSo[c] + areSo[c] > 0) {
                present++;
                precision += saidSo[c] == 0 ? 0 : right[c] / (double) saidSo[c];
                recall += areSo[c] == 0 ? 0 : right[c] / (double) areSo[c];
                f1 += 2.0 * right[c] / (saidSo[c] + areSo[c]);
            }
        }
        return new MulticlassMetrics(
                rights / (double) labels.length, precision / present, recall / present, f1 / present);
    }

    /** The metrics by their public names, in the order in which they are printed. */
    public Map<String, Double> asMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("accuracy", accuracy);
        map.put("precision", precision);
        map.put("recall", recall);
        map.put("macro_f1", macroF1);
        return map;
    }
}
