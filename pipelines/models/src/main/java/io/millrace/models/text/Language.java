package io.millrace.models.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * The language of a text, by its script and its most frequent words (Grefenstette 1995, "Comparing two language identification schemes": small words
 * tell well from a sentence on). Languages that share a word do not both count it. A text too short to tell counts as English, if its script does.
 */
public enum Language {
    ENGLISH(
            "en",
            "the and is it was this that you not with for my of to have i are but they very would we your be had from what don't it's when"),
    GERMAN(
            "de",
            "der und ist nicht das ich sie ein eine mit den auf für wir sehr aber auch dem zu von habe wurde bei nach wie noch schlecht gut leider"),
    FRENCH(
            "fr",
            "le les et est une des je vous que pas pour dans nous sur avec très mais il ce du au cette été c'est j'ai bien votre sont"),
    SPANISH(
            "es",
            "el los y es una las muy pero no que por con para lo se mi está fue más como me la todo bien su gracias producto"),
    ITALIAN(
            "it",
            "il gli e è una di che non per con molto ma sono della nel ho questo più mi anche stato bene grazie prodotto"),
    PORTUGUESE(
            "pt", "o os e é uma não muito mas com para do da meu foi mais em um eu este bom obrigado produto está são"),
    DUTCH("nl", "de het een en niet ik dat van met voor maar zeer ook zijn wij op te bij goed heb deze naar geen wel"),
    /** Any other, by its script. */
    OTHER("other", "");

    /** Words by which a language has to lead English. */
    private static final int LEAD = 2;

    private final String code;
    private final Set<String> words;

    Language(String code, String words) {
        this.code = code;
        this.words = Set.of(words.split(" "));
    }

    /** As ISO 639-1 names it, or {@code other}. */
    public String code() {
        return code;
    }

    /** The likeliest language of a text. */
    public static Language of(String text) {
        String ends = SentenceEncoder.ends(text).toLowerCase(Locale.ROOT).replace('’', '\'');
        long letters = ends.codePoints().filter(Character::isLetter).count();
        long latin = ends.codePoints()
                .filter(c -> Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN)
                .count();
        if (2 * latin < letters) {
            return OTHER;
        }
        String[] tokens = ends.split("[^\\p{L}\\p{N}']+");
        Language best = ENGLISH;
        double most = ENGLISH.count(tokens) + LEAD - 0.5;
        for (Language language : values()) {
            double count = language == ENGLISH ? 0 : language.count(tokens);
            if (count > most) {
                best = language;
                most = count;
            }
        }
        return best;
    }

    /** The tokens that are words of it, those of several languages as parts. */
    private double count(String[] tokens) {
        return Arrays.stream(tokens)
                .filter(words::contains)
                .mapToDouble(token -> 1.0
                        / Arrays.stream(values())
                                .filter(l -> l.words.contains(token))
                                .count())
                .sum();
    }
}
