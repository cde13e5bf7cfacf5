package io.millrace.nightly.draft;

import io.millrace.contracts.source.SourceColumn;
import io.millrace.contracts.source.SourceColumn.Reading;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How the values of a column are to be read, for all that they tell.
 *
 * @param name    of the column
 * @param as      how they are read
 * @param format  notation of numbers or pattern of dates, or null for none
 * @param isFull  whether every row has a value
 * @param isWhole whether the values are whole numbers without a sign of decimals
 * @param guess   what the reading rests on, or null where nothing is to be said
 * @param open    what the values do not tell and somebody has to say, or null for nothing
 */
record ColumnDraft(String name, Reading as, String format, boolean isFull, boolean isWhole, String guess, String open) {

    /** What is said of digits that nobody reckons with. */
    static final String NAME = "digits that are a name";

    /** Share of values that have to be read: a typing error in a hundred is for the quarantine. */
    private static final double MOSTLY = 0.99;

    /** The year that stands for never. */
    private static final int NEVER = 9999;

    private static final String DIGITS = "[-+]?(?:[1-9][0-9]{0,2}(?:%s[0-9]{3})+|[0-9]+)(?:%s[0-9]*)?-?";
    private static final Pattern POINT = Pattern.compile(DIGITS.formatted("[, \u00a0]", "[.]"));
    private static final Pattern COMMA = Pattern.compile(DIGITS.formatted("[. \u00a0]", "[,]"));
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+-?");
    private static final Pattern PADDED = Pattern.compile("0[0-9]+");
    private static final Pattern NO_DAY = Pattern.compile("[0 :./-]+");
    private static final Set<String> FLAGS = Set.of("x", "true", "false", "t", "f", "yes", "no", "y", "n");
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);

    private static final List<String> DAYS = List.of(
            "yyyyMMdd",
            "d.M.yyyy",
            "d.M.yy",
            "d/M/yyyy",
            "M/d/yyyy",
            "d/M/yy",
            "M/d/yy",
            "d-M-yyyy",
            "M-d-yyyy",
            "yyyy/M/d",
            "yyyy.M.d",
            "d MMM yyyy",
            "d-MMM-yyyy",
            "d-MMM-yy",
            "MMM d yyyy",
            "MMM d, yyyy");
    private static final List<String> TIMES =
            List.of("", " H:mm", " H:mm:ss", "'T'H:mm:ss", " HHmmss", "HHmmss", " h:mm a", " h:mm:ss a");

    /** @param values as delivered, null for empty ones */
    static ColumnDraft of(String name, List<String> values) {
        List<String> filled = values.stream()
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(v -> !v.isEmpty())
                .toList();
        boolean isFull = values.stream().noneMatch(v -> v == null || v.isBlank());
        boolean isWhole = !filled.isEmpty()
                && filled.stream().allMatch(v -> WHOLE.matcher(v).matches());
        ColumnDraft text = new ColumnDraft(name, Reading.TEXT, null, isFull, isWhole, null, null);
        if (filled.isEmpty()) {
            return text.with(Reading.TEXT, null, "empty in every row", null);
        }
        if (filled.stream().allMatch(v -> FLAGS.contains(v.toLowerCase(Locale.ROOT)))) {
            return text.with(Reading.FLAG, null, null, null);
        }
        ColumnDraft moment = moment(text, filled);
        if (moment != null) {
            return moment;
        }
        if (isWhole && filled.stream().anyMatch(v -> PADDED.matcher(v).matches())) {
            return text.with(Reading.CODE, null, "leading zeros", null);
        }
        ColumnDraft number = number(text, filled);
        return number == null ? text : number;
    }

    ColumnDraft with(Reading reading, String written, String because, String question) {
        return new ColumnDraft(name, reading, written, isFull, isWhole, because, question);
    }

    /** The same read otherwise, as a table of silver wants it. */
    ColumnDraft as(Reading reading, String because) {
        return with(reading, null, because, null);
    }

    private static ColumnDraft number(ColumnDraft text, List<String> values) {
        Predicate<String> point = v -> POINT.matcher(v).matches();
        Predicate<String> comma = v -> COMMA.matcher(v).matches();
        if (!isMost(values, point) && !isMost(values, comma)) {
            return isMost(values, point.or(comma))
                    ? text.with(Reading.NUMBER, "last-separator", "points and commas, both for decimals", null)
                    : null;
        }
        long byPoint = values.stream().filter(point).count();
        long byComma = values.stream().filter(comma).count();
        Optional<String> example = values.stream()
                .filter(v -> !WHOLE.matcher(v).matches())
                .filter(point.and(comma))
                .findFirst();
        if (isMost(values, point) && isMost(values, comma) && example.isPresent()) {
            return text.with(
                    Reading.NUMBER,
                    null,
                    null,
                    "is the sign in '%s' that of decimals, or does it group thousands? format: point or comma"
                            .formatted(example.get()));
        }
        return byPoint >= byComma
                ? text.with(Reading.NUMBER, null, but(values, point), null)
                : text.with(Reading.NUMBER, "comma", but(values, comma), null);
    }

    private static boolean isMost(List<String> values, Predicate<String> isRead) {
        return values.stream().filter(isRead).count() >= MOSTLY * values.size();
    }

    /** What is told of values that are not read, or null if all are. */
    private static String but(List<String> values, Predicate<String> isRead) {
        return values.stream()
                .filter(isRead.negate())
                .findFirst()
                .map(v -> "but for values such as '%s', which go to quarantine".formatted(v))
                .orElse(null);
    }

    private static ColumnDraft moment(ColumnDraft text, List<String> values) {
        List<String> dated =
                values.stream().filter(v -> !NO_DAY.matcher(v).matches()).toList();
        if (dated.isEmpty()) {
            return null;
        }
        if (dated.stream().allMatch(SourceColumn::isIsoMoment)) {
            return text.with(
                    dated.stream().allMatch(v -> v.length() <= 10) ? Reading.DATE : Reading.TIMESTAMP,
                    null,
                    null,
                    null);
        }
        List<String> fitting = new ArrayList<>();
        Set<String> meanings = new HashSet<>();
        for (String day : DAYS) {
            for (String time : TIMES) {
                String pattern = day + time;
                List<LocalDate> read = read(pattern, dated);
                if (read != null && meanings.add(read.toString())) {
                    fitting.add(pattern);
                }
            }
        }
        if (fitting.isEmpty()) {
            return null;
        }
        String pattern = fitting.get(0);
        boolean isDay = DAYS.contains(pattern);
        DateTimeFormatter formatter = formatter(pattern);
        return text.with(
                isDay ? Reading.DATE : Reading.TIMESTAMP,
                pattern,
                but(dated, v -> day(pattern, formatter, v) != null),
                fitting.size() == 1 ? null : "is '%s' in %s?".formatted(dated.get(0), String.join(" or in ", fitting)));
    }

    /** The days that values name, null for one that names none, or null if too many of them do not fit. */
    private static List<LocalDate> read(String pattern, List<String> values) {
        DateTimeFormatter formatter = formatter(pattern);
        List<LocalDate> days = new ArrayList<>();
        int most = (int) ((1 - MOSTLY) * values.size());
        int none = 0;
        for (String value : values) {
            LocalDate day = day(pattern, formatter, value);
            days.add(day);
            none += day == null ? 1 : 0;
            if (none > most) {
                return null;
            }
        }
        return days;
    }

    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern.replace('y', 'u'))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** The day of a value, or null if the pattern does not fit or it is of no age that an ERP knows. */
    private static LocalDate day(String pattern, DateTimeFormatter formatter, String value) {
        if (!SourceColumn.fits(pattern, value)) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(value, formatter);
            boolean isNear = !day.isBefore(EARLIEST) && day.isBefore(LATEST);
            return isNear || day.getYear() == NEVER ? day : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
