package io.millrace.contracts.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.source.SourceColumn.Reading;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceColumnTest {

    @Test
    void textLosesItsTrailingBlanks() {
        assertThat(sql(Reading.TEXT)).isEqualTo("nullif(rtrim(`c`), '')");
    }

    @Test
    void aCodeOfDigitsLosesItsLeadingZeros() {
        assertThat(sql(Reading.CODE))
                .isEqualTo("CASE WHEN trim(`c`) RLIKE '^[0-9]+$' THEN nullif(regexp_replace(trim(`c`), "
                        + "'^0+(?=[0-9])', ''), '') ELSE nullif(rtrim(`c`), '') END");
    }

    @Test
    void aFlagKnowsTheUsualWordsAndPassesOthersOn() {
        assertThat(sql(Reading.FLAG))
                .isEqualTo("CASE WHEN `c` IS NULL THEN NULL "
                        + "WHEN lower(trim(`c`)) IN ('x','true','t','yes','y','1') THEN 'true' "
                        + "WHEN lower(trim(`c`)) IN ('','false','f','no','n','0') THEN 'false' ELSE `c` END");
    }

    @Test
    void aNumberIsRewrittenOnlyWhereItIsOne() {
        String digits = "(?:[0-9]{1,3}(?:[, \u00a0][0-9]{3})+|[0-9]+)(?:[.][0-9]*)?";
        assertThat(sql(Reading.NUMBER))
                .isEqualTo(
                        "CASE WHEN trim(`c`) = '' THEN NULL WHEN trim(`c`) RLIKE '[, \u00a0]|-$' AND trim(`c`) RLIKE "
                                + "'^(?:[+-]?" + digits + "|" + digits
                                + "-)$' THEN concat(CASE WHEN trim(`c`) RLIKE '-$' THEN '-' "
                                + "ELSE '' END, regexp_replace(trim(`c`), '[, \u00a0]|-$', '')) ELSE trim(`c`) END");
        assertThat(sql(Reading.NUMBER, "point")).isEqualTo(sql(Reading.NUMBER));
        assertThat(sql(Reading.NUMBER, "comma"))
                .contains("replace(regexp_replace(trim(`c`), '[. \u00a0]|-$', ''), ',', '.')");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "point          | 1,234.56-    | -1234.56",
                "point          | -1,234,567   | -1234567",
                "point          | 7-           | -7",
                "point          | 12,5         | -",
                "point          | 1.234,56     | -",
                "point          | 1,23,456     | -",
                "point          | -5-          | -",
                "comma          | 1.234,56-    | -1234.56",
                "comma          | 1 234 567,89 | 1234567.89",
                "comma          | 12,5         | 12.5",
                "comma          | 1234.56      | -",
                "last-separator | 1.234,56-    | -1234.56",
                "last-separator | 1,234.56     | 1234.56",
                "last-separator | 234,000      | 234.000",
                "last-separator | 234.000      | 234.000",
                "last-separator | 1.234.567,0  | 1234567.0",
                "whole          | 1.000        | 1000",
                "whole          | 1,000        | 1000",
                "whole          | 12,5         | -",
            })
    void aNumberIsReadInItsNotation(String notation, String delivered, String read) {
        assertThat(rewritten(sql(Reading.NUMBER, notation), delivered)).isEqualTo(read);
    }

    @Test
    void aDateIsReadByItsPatternsInTurn() {
        assertThat(sql(Reading.DATE, "yyyyMMdd", "d.M.yyyy"))
                .contains("CASE WHEN trim(`c`) RLIKE '^[0-9]{4}[0-9]{2}[0-9]{2}$' THEN "
                        + "cast(to_date(try_to_timestamp(trim(`c`), 'yyyyMMdd')) AS string) END, "
                        + "CASE WHEN trim(`c`) RLIKE '^[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}$' THEN "
                        + "cast(to_date(try_to_timestamp(trim(`c`), 'd.M.yyyy')) AS string) END, ")
                .contains("< DATE'1900-01-01' THEN NULL")
                .contains("concat('not a date: ', `c`)");
    }

    @Test
    void aMomentWithoutAFormatIsLeftToTheCastWhereItIsAWholeDay() {
        assertThat(sql(Reading.DATE))
                .doesNotContain("to_timestamp")
                .contains("THEN trim(`c`) ELSE concat('not a date: ', `c`)");
        assertThat(sql(Reading.TIMESTAMP)).doesNotContain("to_timestamp").contains("< DATE'1900-01-01' THEN NULL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01",
                "2026-3-1",
                " 2026-03-01 ",
                "2026-03-01 14:30",
                "2026-03-01T14:30:00",
                "2026-03-01 14:30:00.1234567",
                "2026-03-01T14:30:00Z",
                "2026-03-01 14:30:00.5+00",
                "2026-03-01T14:30:00 +05:30",
                "2026-03-01 14:30:00 Europe/Berlin"
            })
    void aWholeDayIsAMoment(String text) {
        assertThat(text.trim()).matches(moment());
    }

    /** A cast would complete each of them, some from the clock. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "14:30:00",
                "T14:30",
                "2026",
                "2026-03",
                "2026-02-11 approx.",
                "2026-02-11T",
                "2026-02-11 14",
                "2026-02-11 noon",
                "20260301",
                "45000",
                "12026-03-01",
                "now",
                "today"
            })
    void halfADateIsNone(String text) {
        assertThat(text).doesNotMatch(moment());
    }

    private static String moment() {
        String sql = SourceColumn.isMoment("c");
        return sql.substring(sql.indexOf('\'') + 1, sql.lastIndexOf('\''));
    }

    @Test
    void aTimestampKeepsItsTimeAndAQuoteInItsPatternCannotEndTheLiteral() {
        assertThat(sql(Reading.TIMESTAMP, "yyyy-MM-dd HH:mm:ss"))
                .contains("cast(try_to_timestamp(trim(`c`), 'yyyy-MM-dd HH:mm:ss') AS string)");
        assertThat(sql(Reading.TIMESTAMP, "yyyy-MM-dd'T'HH:mm:ssX"))
                .contains("'yyyy-MM-dd\\'T\\'HH:mm:ssX'")
                .contains("RLIKE '^[0-9]{4}[-][0-9]{2}[-][0-9]{2}T[0-9]{2}[:][0-9]{2}[:][0-9]{2}[A-Za-z0-9:+/_-]+$'");
    }

    @ParameterizedTest
    @CsvSource({
        "yyyyMMdd, 20260131, true",
        "yyyyMMdd, 2026013, false",
        "dd.MM.yyyy, 31.01.2026, true",
        "dd.MM.yyyy, 31-01-2026, false",
        "M/d/yyyy H:mm, 12/1/2010 8:26, true",
        "dd MMM yyyy, 31 Jan 2026, true",
        "yyyy-MM-dd HH:mm:ss.SSS, 2026-01-31 08:15:00.123, true",
        "h:mm a, 8:15 pm, true",
        "yyyy-MM-dd, 2026-01-31 08:15:00, false",
    })
    void thePatternGuardsTheWholeText(String pattern, String text, boolean fits) {
        assertThat(text.matches(DatePattern.regex(pattern))).isEqualTo(fits);
    }

    @Test
    void aFormatThatSparkWouldRefuseAtNightIsRefusedAtOnce() {
        assertThatThrownBy(() -> column(Reading.DATE, "yyyy-MM-ddTHH")).hasMessageContaining("'yyyy-MM-ddTHH'");
        assertThatThrownBy(() -> column(Reading.NUMBER, "coma"))
                .hasMessageContaining("[coma]")
                .hasMessageContaining("comma");
        assertThatThrownBy(() -> column(Reading.NUMBER, "comma", "whole")).hasMessageContaining("one of");
        assertThatThrownBy(() -> column(Reading.CODE, "comma"))
                .hasMessageContaining("for numbers, dates and timestamps only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEXT", "CODE", "NUMBER", "DATE", "TIMESTAMP", "FLAG"})
    void everyReadingQuotesItsColumn(Reading reading) {
        assertThat(new SourceColumn(false, reading, List.of(), null).sql("order"))
                .contains("`order`");
        assertThat(new SourceColumn(false, reading, List.of(), null)
                        .sql("order")
                        .replace("`order`", ""))
                .doesNotContainPattern("\\border\\b");
    }

    /** Whoever names a zone means it; a day has none. */
    @Test
    void aTimestampWithoutAZoneIsInThatOfItsColumn() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        String iso = new SourceColumn(false, Reading.TIMESTAMP, List.of(), berlin).sql("c");
        assertThat(iso).contains("to_utc_timestamp(try_cast(trim(`c`) AS timestamp), 'Europe/Berlin')");
        Pattern zoned =
                Pattern.compile(all(iso, "IF\\(trim\\(`c`\\) RLIKE '([^']+)'").get(0));
        assertThat(List.of("2026-03-01 14:30Z", "2026-03-01T14:30:00.5+05:30", "2026-03-01 14:30 Europe/Berlin"))
                .allMatch(text -> zoned.matcher(text).find());
        assertThat(List.of("2026-03-01", "2026-03-01 14:30", "2026-03-01T14:30:00.5"))
                .noneMatch(text -> zoned.matcher(text).find());
        String patterns = new SourceColumn(
                        false, Reading.TIMESTAMP, List.of("d.M.yyyy H:mm", "yyyy-MM-dd'ZZ'HHmmX"), berlin)
                .sql("c");
        assertThat(patterns)
                .contains("to_utc_timestamp(try_to_timestamp(trim(`c`), 'd.M.yyyy H:mm'), 'Europe/Berlin')")
                .contains("cast(try_to_timestamp(trim(`c`), 'yyyy-MM-dd\\'ZZ\\'HHmmX') AS string)");
        assertThatThrownBy(() -> new SourceColumn(false, Reading.DATE, List.of(), berlin))
                .hasMessageContaining("is for timestamps only");
    }

    private static SourceColumn column(Reading reading, String... format) {
        return new SourceColumn(false, reading, List.of(format), null);
    }

    private static String sql(Reading reading, String... format) {
        return column(reading, format).sql("c");
    }

    /** What the rendered CASE makes of a text: its guards and replacements taken from the SQL, run by Java's own regex. */
    private static String rewritten(String sql, String text) {
        List<String> guards = all(sql, "RLIKE '([^']+)'");
        if (!Pattern.compile(guards.get(0)).matcher(text).find() || !text.matches(guards.get(1))) {
            return null;
        }
        String plain = text.replaceAll(
                all(sql, "regexp_replace\\(trim\\(`c`\\), '([^']+)'").get(0), "");
        String pointed = sql.contains(", ',', '.')") ? plain.replace(',', '.') : plain;
        return (text.endsWith("-") ? "-" : "") + pointed;
    }

    private static List<String> all(String sql, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(sql);
        return matcher.results().map(r -> r.group(1)).toList();
    }
}
