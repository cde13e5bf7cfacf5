package io.millrace.models.text;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person would read of a text that may be marked up. */
public final class PlainText {

    /** What a browser does not show, comments among them; then any tag. */
    private static final Pattern MARKUP = Pattern.compile(
            "<(script|style)\\b[^>]*>.*?</\\1\\s*>|<!--.*?-->|</?[a-zA-Z][^<>]{0,1000}>|<![a-zA-Z][^<>]{0,1000}>",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,7})|#[xX](\\p{XDigit}{1,6})|([a-zA-Z]{2,8}));");

    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

    private PlainText() {}

    /** The text without tags, entities written out, control characters and runs of blanks as one blank; blank if nothing is left. Of a huge text its two ends. */
    public static String of(String marked) {
        String text = MARKUP.matcher(SentenceEncoder.ends(marked)).replaceAll(" ");
        text = ENTITY.matcher(text).replaceAll(PlainText::character);
        return text.replaceAll("[\\p{Cntrl}\\p{Z}]+", " ").strip();
    }

    private static String character(MatchResult entity) {
        String meant = entity.group(3) != null
                ? NAMED.get(entity.group(3))
                : codePoint(
                        entity.group(1) != null
                                ? Integer.parseInt(entity.group(1))
                                : Integer.parseInt(entity.group(2), 16));
        return Matcher.quoteReplacement(meant == null ? entity.group() : meant);
    }

    private static String codePoint(int code) {
        return Character.isValidCodePoint(code) && code > 0 ? Character.toString(code) : null;
    }
}
