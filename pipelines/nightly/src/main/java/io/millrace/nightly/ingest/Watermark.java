package io.millrace.nightly.ingest;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far a database's table was read: a number, or a moment with or without an offset, as its driver writes it. */
final class Watermark {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern MOMENT = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[ T](\\d{2}:\\d{2}(?::\\d{2})?)(?:\\.(\\d{1,9})\\d*)?)?\\s*(Z|[+-]\\d{2}(?::?\\d{2})?)?");

    /** Numbers by which a numeric watermark is set back: sequences are handed out before their rows are committed. */
    private static final BigDecimal NUMBERS_BACK = BigDecimal.valueOf(1000);

    private final BigDecimal number;
    private final LocalDateTime moment;
    private final ZoneOffset offset;

    private Watermark(BigDecimal number, LocalDateTime moment, ZoneOffset offset) {
        this.number = number;
        this.moment = moment;
        this.offset = offset;
    }

    /** What a text says, or empty if it is no watermark. */
    static Optional<Watermark> of(String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (NUMBER.matcher(text.strip()).matches()) {
            return Optional.of(new Watermark(new BigDecimal(text.strip()), null, null));
        }
        Matcher m = MOMENT.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            LocalTime time = m.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(m.group(2));
            int nanos = m.group(3) == null ? 0 : Integer.parseInt((m.group(3) + "00000000").substring(0, 9));
            return Optional.of(new Watermark(
                    null,
                    LocalDate.parse(m.group(1)).atTime(time.withNano(nanos)),
                    m.group(4) == null ? null : ZoneOffset.of(m.group(4))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The same, or the end of a day where it lies behind that: one row of a far future, or of {@code infinity}, must not hide all that
     * come until then.
     */
    Watermark atMost(LocalDate day) {
        LocalDateTime end = day.plusDays(1).atStartOfDay();
        return moment != null && moment.isAfter(end) ? new Watermark(null, end, offset) : this;
    }

    /** The value from which rows are read again, as a query binds it. */
    Object since(Duration overlap) {
        if (number != null) {
            BigDecimal back = number.subtract(NUMBERS_BACK);
            return back.scale() <= 0 && back.precision() <= 18 ? (Object) back.longValueExact() : back;
        }
        LocalDateTime back = moment.minus(overlap);
        return offset == null ? Timestamp.valueOf(back) : back.atOffset(offset);
    }

    @Override
    public String toString() {
        if (number != null) {
            return number.toPlainString();
        }
        String text = moment.toString();
        return offset == null ? text : text + offset;
    }
}
