package io.millrace.nightly.publish;

import static io.millrace.nightly.publish.Nights.DATE;
import static io.millrace.nightly.publish.Nights.night;
import static io.millrace.nightly.publish.Nights.on;
import static io.millrace.nightly.publish.Nights.order;
import static io.millrace.nightly.publish.Nights.orderValues;
import static io.millrace.nightly.publish.Nights.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StagingBatchTest {

    /** Computed apart from this code, by hashing the rendering that the documentation states. */
    @Test
    void hashesAreThoseOfThePublishedRendering() {
        assertThat(night(order("A", "12.5")).contentHash())
                .isEqualTo("8ebcd265b236f6805fc2be232755bfbebb2dce754c696b54631494b2ac3c697e");
        assertThat(night(order("A", "12.5")).batchId()).isEqualTo("709b2f4bacf31a7495cb2c6dd10073d4");
        assertThat(night(target("K1", null, "ümlaut")).contentHash())
                .isEqualTo("5ecab7846982f8964cc7f5f9e9f2a54393271660b3f3417131ac7d041c5b8316");
        assertThat(night().contentHash()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void theIdentifierFollowsFromKindDateAndContentAlone() {
        StagingBatch batch = night(order("A", "1"), order("B", "2"));
        StagingBatch sameAgain = new StagingBatch(
                BatchKind.of("reorder_plan"), DATE, "another", null, List.of(order("B", "2.0"), order("A", "1.0004")));
        assertThat(sameAgain.batchId()).isEqualTo(batch.batchId());
        assertThat(on(DATE.plusDays(1), batch.rows()).batchId()).isNotEqualTo(batch.batchId());
        assertThat(on(DATE.plusDays(1), batch.rows()).contentHash()).isEqualTo(batch.contentHash());
        assertThat(night(order("A", "1")).batchId()).isNotEqualTo(batch.batchId());
        assertThat(new StagingBatch(BatchKind.of("alert"), DATE, "r", null, List.of()).batchId())
                .isNotEqualTo(night().batchId());
        assertThat(batch.batchId(2)).isNotEqualTo(batch.batchId()).isNotEqualTo(batch.batchId(3));
    }

    @Test
    void aMixedOrDoubledBatchIsRefused() {
        assertThatThrownBy(() -> night(order("A", "1"), target("K", null, "r")))
                .hasMessage("a batch of reorder_plan holds target-K, a row of campaign_target");
        assertThatThrownBy(() -> night(order("A", "1"), order("A", "2"))).hasMessageContaining("holds order-A twice");
        assertThatThrownBy(() -> new StagingBatch(BatchKind.of("alert"), DATE, "", null, List.of()))
                .hasMessage("run_id is empty and must not be");
    }

    @Test
    void aRowIsRefusedWithWhatIsWrong() {
        Map<String, Object> unknown = orderValues("A", "1");
        unknown.put("colour", "red");
        assertThatThrownBy(() -> StagingRow.of(BatchKind.of("reorder_plan"), "d", unknown))
                .hasMessageStartingWith("reorder_plan d names a column colour: it has [product_code, ");
        Map<String, Object> incomplete = orderValues("A", "1");
        incomplete.remove("site_code");
        assertThatThrownBy(() -> StagingRow.of(BatchKind.of("reorder_plan"), "d", incomplete))
                .hasMessage("reorder_plan d: site_code is empty and must not be");
        assertThatThrownBy(() -> new StagingRow(BatchKind.of("reorder_plan"), "d", List.of("A")))
                .hasMessageStartingWith("reorder_plan d has 1 values for 13 columns");
        for (String id : new String[] {null, "", " d", "ü", "x".repeat(65)}) {
            assertThatThrownBy(() -> StagingRow.of(BatchKind.of("reorder_plan"), id, orderValues("A", "1")))
                    .hasMessageContaining("1 to 64 printable ASCII");
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("reason", "x".repeat(1001), "has 1001 characters and 1000 fit"),
                Arguments.of("reason", "nul \0 inside", "NUL"),
                Arguments.of("reason", "half \uD83D", "surrogate"),
                Arguments.of("reason", 1, "is a Integer: give a String"),
                Arguments.of("expected_cost", 0.1, "is a Double: give a BigDecimal"),
                Arguments.of("expected_cost", new BigDecimal("12345678901234567"), "(18,2) does not hold it"),
                Arguments.of("expected_cost", new BigDecimal("9999999999999999.995"), "(18,2) does not hold it"),
                Arguments.of("expected_cost", new BigDecimal("1e999999999"), "(18,2) does not hold it"),
                Arguments.of("order_date", "2026-03-31", "give a LocalDate"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aValueThatDoesNotFitIsRefused(String column, Object value, String why) {
        Map<String, Object> values = orderValues("A", "1");
        values.put(column, value);
        assertThatThrownBy(() -> StagingRow.of(BatchKind.of("reorder_plan"), "d", values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("reorder_plan d: " + column + " ")
                .hasMessageContaining(why);
    }

    @Test
    void valuesAreKeptAsTheDatabaseHoldsThem() {
        StagingColumn money = StagingColumn.decimal("m", 18, 2);
        assertThat(money.accepted(new BigDecimal("1.005"))).isEqualTo(new BigDecimal("1.01"));
        assertThat(money.accepted(new BigDecimal("-1.005"))).isEqualTo(new BigDecimal("-1.01"));
        assertThat(money.accepted(new BigDecimal("1e3"))).isEqualTo(new BigDecimal("1000.00"));
        assertThat(money.accepted(new BigDecimal("0e999999"))).isEqualTo(new BigDecimal("0.00"));
        assertThat(money.accepted(new BigDecimal("1e-999999999"))).isEqualTo(new BigDecimal("0.00"));
        assertThat(StagingColumn.text("t", 3).accepted("")).isNull();
        StagingColumn time = StagingColumn.timestamp("t");
        LocalDateTime expected = LocalDateTime.of(2026, 3, 31, 1, 2, 3, 123_456_000);
        Instant instant = Instant.parse("2026-03-31T01:02:03.123456789Z");
        assertThat(time.accepted(instant)).isEqualTo(expected);
        assertThat(time.accepted(Timestamp.from(instant))).isEqualTo(expected);
        assertThat(time.accepted(expected.plusNanos(999))).isEqualTo(expected);
        assertThat(StagingColumn.date("d").accepted(java.sql.Date.valueOf("2026-03-31")))
                .isEqualTo(LocalDate.of(2026, 3, 31));
        assertThat(StagingColumn.integer("i").accepted(7L)).isEqualTo(7);
        assertThatThrownBy(() -> StagingColumn.integer("i").accepted(1L << 31)).hasMessageContaining("2147483648");
    }

    @Test
    void aColumnThatNoDatabaseTakesIsRefused() {
        assertThatThrownBy(() -> StagingColumn.text("t", 1001)).hasMessageContaining("use 1 to 1000");
        assertThatThrownBy(() -> StagingColumn.decimal("d", 39, 2)).hasMessageContaining("1 to 38 digits");
        assertThatThrownBy(() -> StagingColumn.date("x".repeat(31))).hasMessageContaining("30 at the most");
        assertThatThrownBy(() -> StagingColumn.date("Order")).hasMessageContaining("lower case");
    }
}
