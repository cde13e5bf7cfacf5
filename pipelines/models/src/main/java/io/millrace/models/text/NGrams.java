package io.millrace.models.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words and pairs of words of a text, each weighted by how rare it is (tf-idf; Salton and Buckley 1988, "Term-weighting approaches in automatic
 * text retrieval"), how often it stands in the text not counted, scaled to length 1.
 *
 * @param terms   word or pair → its column, all columns from 0 on
 * @param rarity  inverse document frequency, one a column
 */
@SuppressWarnings("ArrayRecordComponent")
record NGrams(Map<String, Integer> terms, float[] rarity) {

    /** Texts in which a term has to stand to be learned from. */
    private static final int LEAST_TEXTS = 2;

    private static final int MOST_TERMS = 200_000;

    /** A word with its apostrophes, or any other single character that is no blank. */
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’]*|\\S");

    /** The terms of at least two of the texts; of too many the most frequent. */
    static NGrams of(List<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        texts.forEach(text -> terms(text).forEach(term -> counts.merge(term, 1, Integer::sum)));
        counts.values().removeIf(count -> count < LEAST_TEXTS);
        int least = leastCount(counts);
        counts.values().removeIf(count -> count < least);
        Map<String, Integer> columns = new HashMap<>();
        float[] rarity = new float[counts.size()];
        counts.forEach((term, count) -> {
            rarity[columns.size()] = (float) (1 + Math.log((1.0 + texts.size()) / (1 + count)));
            columns.put(term, columns.size());
        });
        return new NGrams(columns, rarity);
    }

    private static int leastCount(Map<String, Integer> counts) {
        if (counts.size() <= MOST_TERMS) {
            return LEAST_TEXTS;
        }
        int[] sorted = counts.values().stream().mapToInt(c -> c).sorted().toArray();
        return sorted[sorted.length - MOST_TERMS] + 1;
    }

    private static Set<String> terms(String text) {
        // A huge text is one of its beginning and its end here too.
        Matcher tokens = TOKEN.matcher(SentenceEncoder.ends(text).toLowerCase(Locale.ROOT));
        Set<String> terms = new HashSet<>();
        String before = null;
        while (tokens.find()) {
            String token = tokens.group();
            terms.add(token);
            if (before != null) {
                terms.add(before + " " + token);
            }
            before = token;
        }
        return terms;
    }

    /** A row for each text; a text of unknown terms alone is a row of zeros. */
    FeatureRows.Sparse rows(List<String> texts) {
        int[][] columns = new int[texts.size()][];
        float[][] values = new float[texts.size()][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = terms(texts.get(i)).stream()
                    .map(terms::get)
                    .filter(Objects::nonNull)
                    .mapToInt(c -> c)
                    .sorted()
                    .toArray();
            values[i] = scaled(columns[i]);
        }
        return new FeatureRows.Sparse(columns, values, rarity.length);
    }

    private float[] scaled(int[] columns) {
        double squares =
                Arrays.stream(columns).mapToDouble(c -> rarity[c] * rarity[c]).sum();
        float[] values = new float[columns.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (rarity[columns[k]] / Math.sqrt(squares));
        }
        return values;
    }
}
