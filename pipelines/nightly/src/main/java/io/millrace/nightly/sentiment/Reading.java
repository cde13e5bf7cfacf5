package io.millrace.nightly.sentiment;

import io.millrace.models.text.Language;
import io.millrace.models.text.PlainText;
import java.util.Locale;

/**
 * A text as it was read.
 *
 * @param text     without markup; blank if nothing is left
 * @param language of it; English if nothing is left
 */
record Reading(String text, Language language, Outcome outcome) {

    /** Whether anything is told of a text. */
    enum Outcome {
        TOLD,
        EMPTY,
        FOREIGN;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads a text as it was delivered. @param anyLanguage whether none is foreign */
    static Reading of(String delivered, boolean anyLanguage) {
        String text = PlainText.of(delivered);
        Language language = Language.of(text);
        Outcome outcome = text.codePoints()
                        .noneMatch(c -> Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_SYMBOL)
                ? Outcome.EMPTY
                : anyLanguage || language == Language.ENGLISH ? Outcome.TOLD : Outcome.FOREIGN;
        return new Reading(text, language, outcome);
    }

    boolean isTold() {
        return outcome == Outcome.TOLD;
    }
}
