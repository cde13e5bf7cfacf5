package io.millrace.nightly.ingest;

import io.millrace.contracts.Identifiers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns of a delivery under the names that bronze knows them by: those of the description where they match but
 * for case, blanks and signs, otherwise the delivered name with signs replaced.
 *
 * @param columns bronze column of each field
 * @param unknown those that the description does not know
 * @param missing required ones that are not delivered
 * @param absent  all of the description that are not delivered
 */
record Header(List<String> columns, List<String> unknown, List<String> missing, List<String> absent) {

    static Header of(String[] delivered, io.millrace.contracts.source.SourceTable table) {
        List<String> columns = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (String name : delivered) {
            String plain = name == null ? "" : name.strip();
            String known = match(plain, table.columns().keySet());
            String column = known != null && !used.contains(known)
                    ? known
                    : free(identifier(plain), used, table.columns().keySet());
            if (known == null || !column.equals(known)) {
                unknown.add(column);
            }
            used.add(column.toLowerCase(Locale.ROOT));
            used.add(column);
            columns.add(column);
        }
        List<String> absent = table.columns().keySet().stream()
                .filter(column -> !columns.contains(column))
                .toList();
        List<String> missing = absent.stream()
                .filter(column -> table.columns().get(column).required())
                .toList();
        return new Header(columns, unknown, missing, absent);
    }

    private static String match(String name, Collection<String> declared) {
        if (declared.contains(name)) {
            return name;
        }
        String folded = identifier(name);
        return declared.stream()
                .filter(d -> d.equalsIgnoreCase(folded))
                .findFirst()
                .orElse(null);
    }

    private static String identifier(String name) {
        String signs = name.replaceAll("[^A-Za-z0-9_]", "_");
        String safe = signs.isEmpty() || !Character.isLetter(signs.charAt(0)) ? "x" + signs : signs;
        return Identifiers.isSimple(safe) ? safe : safe.substring(0, 60);
    }

    private static String free(String name, Set<String> used, Collection<String> declared) {
        String candidate = name;
        for (int n = 2; used.contains(candidate.toLowerCase(Locale.ROOT)) || isDeclared(candidate, declared); n++) {
            candidate = name + "_" + n;
        }
        return candidate;
    }

    private static boolean isDeclared(String name, Collection<String> declared) {
        return declared.stream().anyMatch(d -> d.equalsIgnoreCase(name));
    }
}
