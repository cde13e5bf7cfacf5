package io.millrace.nightly.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a name means, in the words of silver: {@code CustomerID}, {@code KUNDEN_NR} and {@code customer_code} mean one thing. */
final class Names {

    /** A word of silver, and what others call it. */
    private static final List<String> WORDS = List.of(
            "customer client buyer cust partner kunde kunden debitor",
            "product article item sku stock material artikel produkt",
            "supplier vendor lieferant lieferanten kreditor",
            "site store shop warehouse location branch plant filiale lager werk",
            "order invoice sales receipt document bon auftrag bestellung rechnung beleg",
            "purchase procurement einkauf",
            "line position pos posten zeile",
            "code id no nr num number key nummer",
            "date day on datum tag",
            "at time timestamp zeit",
            "quantity qty pieces count menge anzahl",
            "price preis",
            "amount total value betrag summe umsatz",
            "name description title descr text bezeichnung",
            "email mail",
            "phone telephone telefon tel phonenumber",
            "street address strasse",
            "postal zip postcode plz",
            "city town ort stadt",
            "country land",
            "currency curr waehrung",
            "category group kategorie gruppe warengruppe",
            "unit uom einheit",
            "lead delivery lieferzeit",
            "rating stars score",
            "channel kanal");

    private static final Map<String, String> MEANING = new HashMap<>();

    static {
        WORDS.forEach(words -> {
            String[] each = words.split(" ", -1);
            Arrays.stream(each).forEach(word -> MEANING.put(word, each[0]));
        });
    }

    private Names() {}

    /** The words of a name, each as silver says it. */
    static Set<String> words(String name) {
        Set<String> words = new TreeSet<>();
        String parted = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        for (String part : parted.split("[^a-z0-9]+", -1)) {
            split(part).forEach(word -> words.add(meaning(word)));
        }
        words.remove("");
        return words;
    }

    /** What is written together, as in {@code PARTNERID}, if every part is a word; otherwise the name as it is. */
    private static List<String> split(String part) {
        if (isWord(part)) {
            return List.of(part);
        }
        for (int i = part.length() - 2; i >= 2; i--) {
            List<String> rest = isWord(part.substring(0, i)) ? split(part.substring(i)) : List.of();
            if (!rest.isEmpty() && rest.stream().allMatch(Names::isWord)) {
                List<String> words = new ArrayList<>(List.of(part.substring(0, i)));
                words.addAll(rest);
                return words;
            }
        }
        return List.of(part);
    }

    private static boolean isWord(String part) {
        return MEANING.containsKey(part) || MEANING.containsKey(singular(part));
    }

    private static String meaning(String word) {
        return MEANING.getOrDefault(word, MEANING.getOrDefault(singular(word), singular(word)));
    }

    private static String singular(String word) {
        return word.length() > 3 && word.endsWith("ies")
                ? word.substring(0, word.length() - 3) + "y"
                : word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                        ? word.substring(0, word.length() - 1)
                        : word;
    }
}
