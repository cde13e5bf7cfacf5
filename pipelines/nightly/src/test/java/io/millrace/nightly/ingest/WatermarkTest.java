package io.millrace.nightly.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarkTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-02-28 23:50:00",
        "2026-03-01 08:15:00, 2026-03-01 08:05:00",
        "2026-03-01T08:15, 2026-03-01 08:05:00",
        "2026-03-01 08:15:00.5, 2026-03-01 08:05:00.5",
        "2026-03-01 08:15:00.1234567, 2026-03-01 08:05:00.1234567",
        "2026-03-01 08:15:00.123456789012, 2026-03-01 08:05:00.123456789"
    })
    void aMomentIsSetBackByTheOverlap(String text, String since) {
        assertThat(Watermark.of(text).orElseThrow().since(TEN_MINUTES)).isEqualTo(Timestamp.valueOf(since));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01 08:15:00+02",
                "2026-03-01 08:15:00+0200",
                "2026-03-01T08:15+02:00",
                "2026-03-01 08:15:00 +02:00"
            })
    void aMomentWithAnOffsetKeepsIt(String text) {
        assertThat(Watermark.of(text).orElseThrow().since(TEN_MINUTES))
                .isEqualTo(OffsetDateTime.parse("2026-03-01T08:05:00+02:00"));
    }

    @Test
    void aNumberIsSetBackByAThousand() {
        assertThat(Watermark.of("12345").orElseThrow().since(TEN_MINUTES)).isEqualTo(11345L);
        assertThat(Watermark.of("12345.5").orElseThrow().since(TEN_MINUTES)).hasToString("11345.5");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        for (String text : new String[] {"17", "2026-03-01 08:15:00", "2026-03-01 08:15:00.25+02", "2026-03-01"}) {
            Watermark mark = Watermark.of(text).orElseThrow();
            assertThat(Watermark.of(mark.toString()).orElseThrow().since(Duration.ZERO))
                    .isEqualTo(mark.since(Duration.ZERO));
        }
    }

    @Test
    void aFarFutureHidesNothing() {
        LocalDate day = LocalDate.parse("2026-03-02");
        assertThat(Watermark.of("2062-01-01 00:00:00").orElseThrow().atMost(day))
                .hasToString("2026-03-03T00:00");
        assertThat(Watermark.of("2026-03-02 23:00:00").orElseThrow().atMost(day))
                .hasToString("2026-03-02T23:00");
        assertThat(Watermark.of("20620101").orElseThrow().atMost(day)).hasToString("20620101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "infinity", "2026-13-01", "yesterday", "2026-03-01 25:00:00", "0x1f"})
    void anythingElseIsNone(String text) {
        assertThat(Watermark.of(text)).isEmpty();
    }
}
