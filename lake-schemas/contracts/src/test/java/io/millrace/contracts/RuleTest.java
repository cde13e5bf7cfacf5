package io.millrace.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTest {

    @Test
    void aViolationIsNeverNullSoThatAnEmptyValuePasses() {
        assertThat(rule(Rule.Kind.RANGE, "0", "10", null).violationSql())
                .isEqualTo("coalesce(NOT (`size` >= 0 AND `size` <= 10), false)");
        assertThat(rule(Rule.Kind.EXPRESSION, null, null, "size > 0").violationSql())
                .isEqualTo("coalesce(NOT (size > 0), false)");
        assertThat(rule(Rule.Kind.ONE_OF, null, null, null).violationSql())
                .isEqualTo("coalesce(`size` NOT IN ('small', 'large'), false)");
        assertThat(rule(Rule.Kind.COMPLETE, null, null, null).violationSql()).isEqualTo("(`size` IS NULL)");
    }

    @Test
    void aRangeMayBeOpenAtOneEndAndIsWrittenWithoutExponents() {
        assertThat(rule(Rule.Kind.RANGE, "1E+7", null, null).violationSql()).contains("`size` >= 10000000)");
        assertThat(rule(Rule.Kind.RANGE, null, "5", null).violationSql()).contains("(`size` <= 5)");
    }

    @Test
    void theReasonSaysWhatMustHold() {
        assertThat(rule(Rule.Kind.RANGE, "0", "10", null).reason()).isEqualTo("size must be from 0 to 10");
        assertThat(rule(Rule.Kind.RANGE, "0", null, null).reason()).isEqualTo("size must be at least 0");
        assertThat(rule(Rule.Kind.RANGE, null, "10", null).reason()).isEqualTo("size must be at most 10");
        assertThat(rule(Rule.Kind.ONE_OF, null, null, null).reason()).isEqualTo("size must be one of small, large");
        assertThat(rule(Rule.Kind.COMPLETE, null, null, null).reason()).isEqualTo("size is empty");
    }

    @Test
    void whatNeedsMoreThanTheRowHasNoRowExpression() {
        Rule unique = rule(Rule.Kind.UNIQUE, null, null, null);
        assertThat(unique.isRowLocal()).isFalse();
        assertThatThrownBy(unique::violationSql).isInstanceOf(IllegalStateException.class);
    }

    private static Rule rule(Rule.Kind kind, String min, String max, String sql) {
        return new Rule(
                kind,
                "a_rule",
                Rule.Severity.QUARANTINE,
                List.of("size"),
                decimal(min),
                decimal(max),
                List.of("small", "large"),
                sql,
                null,
                null);
    }

    private static BigDecimal decimal(String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
