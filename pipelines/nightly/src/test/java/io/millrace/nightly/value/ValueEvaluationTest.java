package io.millrace.nightly.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.evaluate.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueEvaluationTest {

    private static final LocalDate START = LocalDate.parse("2025-01-01");
    private static final LocalDate END = LocalDate.parse("2025-12-31");
    private static final PurchaseFile.Columns COLUMNS = new PurchaseFile.Columns("customer", "date", null);

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("purchases.csv"), text);
    }

    private static EvaluationResult evaluate(Path file) {
        return new ValueEvaluation(file, COLUMNS, END, null, 42).run();
    }

    /** Customers at rates of their own who stop with a tenth after a purchase; a row a purchase from 2025 to the middle of 2026. */
    private static StringBuilder shop(String header) {
        SplittableRandom random = new SplittableRandom(8);
        StringBuilder rows = new StringBuilder(header).append('\n');
        for (int c = 0; c < 400; c++) {
            double rate = 0.005 + 0.1 * random.nextDouble() * random.nextDouble();
            double amount = 5 + 40 * random.nextDouble();
            boolean isAlive = true;
            for (int day = random.nextInt(90);
                    day < 545 && isAlive;
                    day += 1 + (int) (-Math.log(random.nextDouble()) / rate)) {
                rows.append("c%d,%s,%.2f%n".formatted(c, START.plusDays(day), amount * (0.5 + random.nextDouble())));
                isAlive = random.nextDouble() > 0.1;
            }
        }
        return rows;
    }

    @Test
    void purchasesAndMoneyAreToldBetterThanAsManyAsBefore() throws IOException {
        EvaluationResult result = evaluate(file(shop("customer,date,amount").toString()));
        assertThat(result.baselines())
                .containsOnlyKeys("bg_nbd", "mbg_nbd", "pareto_nbd", "as_many_as_before", "rate_so_far", "mean");
        for (String figure : new String[] {"transactions_", "money_"}) {
            double before = result.baselines().get("as_many_as_before").get(figure + "mae");
            assertThat(result.metrics().get(figure + "mae")).as(figure).isLessThan(0.9 * before);
            assertThat(result.metrics().get(figure + "correlation"))
                    .isGreaterThan(result.baselines().get("as_many_as_before").get(figure + "correlation"));
            assertThat(result.metrics().get(figure + "bias")).isBetween(-0.3, 0.3);
        }
        assertThat(result.metrics())
                .containsKeys("r", "alpha", "a", "b", "log_likelihood", "spend_p", "spend_q", "spend_gamma");
        assertThat(result.baselines().get("pareto_nbd")).containsKeys("s", "beta", "log_likelihood");
        assertThat(result.metrics().get("customers")).isEqualTo(400);
        assertThat(result.metrics().values()).allMatch(Double::isFinite);
    }

    @Test
    void whatIsNoPurchaseIsLeftOutCountedAndTold() throws IOException {
        StringBuilder rows = shop("customer,date,amount");
        EvaluationResult clean = evaluate(file(rows.toString()));
        rows.append(",2025-02-02,5\n")
                .append("c1,02/28/2025,5\n")
                .append("c1,2025-02-30,5\n")
                .append("c1,2025-02-02,much\n")
                .append("c1,2025-02-02,\n")
                .append("c1,2025-02-02,NaN\n")
                .append("c2,2025-02-02,-5\n")
                .append("c2,2025-02-02\n");
        EvaluationResult soiled = evaluate(file(rows.toString()));
        assertThat(soiled.metrics()).containsEntry("rows_left_out", 8.0);
        assertThat(soiled.metrics().get("transactions_mae"))
                .isEqualTo(clean.metrics().get("transactions_mae"));
        assertThat(soiled.remarks())
                .anyMatch(r -> r.startsWith("1 rows without a customer are left out, the first near line "))
                .anyMatch(r -> r.startsWith("2 rows whose date is no day as in 2026-02-28 are left out")
                        && r.endsWith("'02/28/2025'"))
                .anyMatch(r -> r.startsWith("3 rows whose amount is no number are left out") && r.endsWith("'much'"))
                .anyMatch(r -> r.startsWith("1 rows of refunds, whose amount is below 0 are left out"))
                .anyMatch(r -> r.startsWith("1 rows with more or fewer fields than the header are left out"));
    }

    @Test
    void rowsOfACustomerAndADayAreOneTransaction() throws IOException {
        StringBuilder rows = shop("customer,date,amount");
        EvaluationResult once = evaluate(file(rows.toString()));
        String text = rows.toString();
        String twice = text.lines()
                .skip(1)
                .map(line -> line.replaceAll(",[0-9.]+$", ",0"))
                .reduce(text, (all, line) -> all + line + "\n");
        EvaluationResult repeated = evaluate(file(twice));
        assertThat(repeated.rows()).isEqualTo(2 * once.rows());
        assertThat(repeated.metrics()).isEqualTo(once.metrics());
    }

    @ParameterizedTest
    @ValueSource(strings = {"$1T08:26:00", "$1 08:26", "$1T08:26:00.123Z", "$1 08:26:00+02:00"})
    void aDayIsTheDayThatIsWritten(String form) throws IOException {
        String plain = shop("customer,date,amount").toString();
        EvaluationResult days = evaluate(file(plain));
        EvaluationResult moments = evaluate(file(plain.replaceAll("(\\d{4}-\\d{2}-\\d{2})", form)));
        assertThat(moments.metrics()).isEqualTo(days.metrics());
    }

    @Test
    void daysWithoutDashesOtherNamesAndNoMoneyWillDo() throws IOException {
        String plain = shop("customer,date,amount").toString();
        EvaluationResult days = evaluate(file(plain));
        String other = plain.replaceAll("(\\d{4})-(\\d{2})-(\\d{2}),[0-9.]+", "$1$2$3,x")
                .replace("customer,date,amount", "\uFEFFcust,day,note");
        EvaluationResult bare =
                new ValueEvaluation(file(other), new PurchaseFile.Columns("cust", "day", null), END, null, 42).run();
        assertThat(bare.metrics().get("transactions_mae"))
                .isEqualTo(days.metrics().get("transactions_mae"));
        assertThat(bare.metrics()).doesNotContainKeys("money_mae", "spend_p");
        assertThat(bare.remarks()).anyMatch(r -> r.contains("there is no column amount"));
    }

    @Test
    void theHoldoutEndsWhereItIsSaid() throws IOException {
        StringBuilder rows = shop("customer,date,amount").append("c1,2099-01-01,5\n");
        EvaluationResult result =
                new ValueEvaluation(file(rows.toString()), COLUMNS, END, LocalDate.parse("2026-03-31"), 42).run();
        assertThat(result.metrics().get("holdout_days")).isEqualTo(90);
        assertThat(result.remarks()).anyMatch(r -> r.contains("after the end of the holdout are left out"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customer,date,amount | 2025-12-31 | has no purchases",
                "customer,date,amount;a,12/31/2025,5 | 2025-12-31 | has no purchases: 1 rows whose date is no day",
                "customer,when,amount;a,2025-12-30,5 | 2025-12-31 | has no column 'date'",
                "customer,date,amount;a,2025-12-30,5 | 2025-12-31 | has to leave some on either side",
                "customer,date,amount;a,2025-12-30,5;b,2025-12-31,5 | 2025-12-30 | 0 of 1 customers bought on more than one day",
                "customer,date,amount;a,2025-12-30,5;b,9999-12-31,5 | 2025-12-31 | Maybe a date is mistyped: give --holdout-end",
                "customer,date,amount;a,2025-12-30,5;b,2025-12-31,5 | 2025-12-01 | has to leave some on either side"
            })
    void whatTellsNothingIsRefusedWithTheReason(String lines, LocalDate until, String reason) throws IOException {
        Path file = file(lines.replace(';', '\n') + "\n");
        assertThatThrownBy(() -> new ValueEvaluation(file, COLUMNS, until, null, 42).run())
                .hasMessageContaining(reason);
    }

    /** Groceries of a year and a half, judged on half a year: {@code btyd_grocery}. */
    @Test
    @EnabledIfEnvironmentVariable(named = "MILLRACE_DATA", matches = ".+")
    void groceriesAreToldBetterThanAsManyAsBefore() {
        EvaluationResult result = new ValueEvaluation(
                        Path.of(System.getenv("MILLRACE_DATA"), "segmentation", "btyd_grocery", "grocery_elog.csv"),
                        new PurchaseFile.Columns("cust", "date", null),
                        LocalDate.parse("2006-12-31"),
                        null,
                        42)
                .run();
        assertThat(result.metrics().get("transactions_mae")).isCloseTo(1.35, within(0.05));
        assertThat(result.metrics().get("transactions_correlation"))
                .isGreaterThan(
                        0.05 + result.baselines().get("as_many_as_before").get("transactions_correlation"));
    }
}
