package io.millrace.nightly.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FormatsTest {

    private static Formats of(String locale, String currency) {
        return new Formats(Locale.forLanguageTag(locale), currency == null ? null : Currency.getInstance(currency));
    }

    @Test
    void withoutACurrencyAmountsArePlain() {
        Formats formats = of("en", null);
        assertThat(formats.money(new BigDecimal("1234.5"))).isEqualTo("1,234.50");
        assertThat(formats.amount(1234567.8)).isEqualTo("1,234,568");
        assertThat(formats.amount(999.994)).isEqualTo("999.99");
        assertThat(formats.count(1234567)).isEqualTo("1,234,567");
        assertThat(formats.quantity(12.34)).isEqualTo("12.3");
        assertThat(formats.quantity(0.0123)).isEqualTo("0.012");
        assertThat(formats.share(0.1726)).isEqualTo("17.3%");
    }

    @Test
    void aCurrencyStandsWhereTheLocaleHasIt() {
        assertThat(of("de", "EUR").money(-1234.5)).isEqualTo("-1.234,50\u00a0€");
        assertThat(of("en-GB", "GBP").money(1234.5)).isEqualTo("£1,234.50");
    }

    @Test
    void roundingToNothingLeavesNoSign() {
        assertThat(of("en", null).money(-0.001)).isEqualTo("0.00");
        assertThat(of("en", null).share(-0.0001)).isEqualTo("0%");
        assertThat(of("en", null).money(-0.005)).isEqualTo("-0.01");
    }

    @Test
    void whatIsNoNumberIsADash() {
        assertThat(of("en", null).share(Double.NaN)).isEqualTo("–");
    }

    @Test
    void datesOfTablesAndOfJavaAreWrittenAlike() {
        LocalDate day = LocalDate.of(2026, 2, 28);
        Formats formats = of("de", null);
        assertThat(formats.cell(Block.Kind.DATE, Date.valueOf(day))).isEqualTo("28.02.2026");
        assertThat(formats.cell(Block.Kind.DATE, day)).isEqualTo("28.02.2026");
        assertThat(formats.cell(Block.Kind.MONEY, null)).isEmpty();
    }
}
