package io.millrace.nightly.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

/** How the page writes numbers, amounts and dates: by the locale and the currency of the configuration. */
public final class Formats {

    /** Amounts from here on are read without cents. */
    private static final double LARGE = 1000;

    private final Locale locale;
    private final Currency currency;

    /** @param currency what the company reckons in; null writes amounts without one */
    Formats(Locale locale, Currency currency) {
        this.locale = locale;
        this.currency = currency;
    }

    Locale locale() {
        return locale;
    }

    /** {@code 1,234}. */
    public String count(Number n) {
        return number(n, 0, 0);
    }

    /** {@code 12.5}: at most one decimal, and three where it is below one. */
    public String quantity(Number n) {
        return number(n, 0, Math.abs(n.doubleValue()) < 1 ? 3 : 1);
    }

    /** {@code 17.2%}. */
    public String share(Number n) {
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        format.setMaximumFractionDigits(1);
        return written(format, n);
    }

    /** An amount with cents. */
    public String money(Number n) {
        return money(n, 2);
    }

    /** An amount to be read at a glance: without cents once it is large. */
    public String amount(Number n) {
        return money(n, Math.abs(n.doubleValue()) < LARGE ? 2 : 0);
    }

    /** Unit of amounts for a chart: {@code EUR}, or {@code amount}. */
    public String currency() {
        return currency == null ? "amount" : currency.getCurrencyCode();
    }

    /** {@code 28 Feb 2026}. */
    public String date(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(day);
    }

    /** {@code Saturday, 28 February 2026}. */
    public String longDate(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(locale)
                .format(day);
    }

    /** A moment in UTC, to the minute. */
    private String time(LocalDateTime moment) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale)
                .format(moment);
    }

    /** A value of a table; empty for null. */
    String cell(Block.Kind kind, Object value) {
        if (value == null) {
            return "";
        }
        return switch (kind) {
            case TEXT, SENTENCE, STATE -> value.toString();
            case COUNT -> count((Number) value);
            case QUANTITY -> quantity((Number) value);
            case MONEY -> money((Number) value);
            case SHARE -> share((Number) value);
            case DATE -> date(value instanceof java.sql.Date sql ? sql.toLocalDate() : (LocalDate) value);
            case TIME -> time(LocalDateTime.ofInstant(((Timestamp) value).toInstant(), ZoneOffset.UTC));
        };
    }

    private String money(Number n, int decimals) {
        NumberFormat format =
                currency == null ? NumberFormat.getNumberInstance(locale) : NumberFormat.getCurrencyInstance(locale);
        if (currency != null) {
            format.setCurrency(currency);
        }
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return written(format, n);
    }

    private String number(Number n, int least, int most) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(most);
        return written(format, n);
    }

    /** What rounds to nothing has no sign. */
    private static String written(NumberFormat format, Number n) {
        if (!Double.isFinite(n.doubleValue())) {
            return "–";
        }
        // A percentage is written two places further left.
        int decimals = format.getMaximumFractionDigits() + 2;
        BigDecimal exact = n instanceof BigDecimal decimal ? decimal : new BigDecimal(n.toString());
        format.setRoundingMode(RoundingMode.HALF_UP);
        BigDecimal shown = exact.setScale(decimals, RoundingMode.HALF_UP);
        String text = format.format(shown);
        boolean isNothing = text.chars().noneMatch(c -> Character.digit(c, 10) > 0);
        return isNothing ? format.format(BigDecimal.ZERO) : text;
    }
}
