package io.millrace.contracts.yaml;

import io.millrace.contracts.Failure;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a set of files, gathered so that one report names it all. */
public final class Problems {

    private final List<String> found = new ArrayList<>();

    /** Notes a problem at a place such as {@code conf/millrace.yaml:12}. */
    public void add(String where, String message) {
        found.add(where + ": " + message);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<String> list() {
        return List.copyOf(found);
    }

    /** Does nothing if nothing was found. @throws Failure of kind CONFIGURATION that lists every problem */
    public void refuse(String what) {
        if (!found.isEmpty()) {
            String count = found.size() == 1 ? "1 problem" : found.size() + " problems";
            throw Failure.configuration(what + ": " + count + "\n  - " + String.join("\n  - ", found));
        }
    }

    /** The known word nearest to {@code word} by edit distance, or null if none is near enough to be meant. */
    public static String nearest(String word, Iterable<String> known) {
        String best = null;
        int least = Math.max(2, word.length() / 3) + 1;
        for (String candidate : known) {
            int distance = editDistance(word, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** " (did you mean X?)" for the nearest known word, or nothing. */
    public static String didYouMean(String word, Iterable<String> known) {
        String near = nearest(word, known);
        return near == null ? "" : " (did you mean '" + near + "'?)";
    }

    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
