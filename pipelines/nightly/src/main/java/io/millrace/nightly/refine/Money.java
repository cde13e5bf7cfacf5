package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import io.millrace.lake.Lake;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Left;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Settings;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Amounts of silver are in one currency, the company's, so that a sum of them means something. What is delivered in another one is converted by
 * the rate of {@code silver.exchange_rate} that held on the day of the row; without such a rate the row goes to quarantine.
 */
final class Money {

    /** The unit of columns that hold an amount, and the name of the column that says in which currency. */
    private static final String CURRENCY = "currency";

    static final String RATES = "silver.exchange_rate";

    private static final String DELIVERED = "nullif(upper(trim(currency)), '')";

    /** Of two rates for a day the one that was delivered in the direction that is asked for counts, not the reciprocal of the other. */
    private static final String BY_DAY = """
            SELECT code, since, max_by(rate, is_direct) AS _rate FROM (
              SELECT upper(from_currency) AS code, rate_date AS since, rate, true AS is_direct FROM {rates} WHERE upper(to_currency) = '{company}'
              UNION ALL
              SELECT upper(to_currency), rate_date, CAST(1 / rate AS decimal(24,12)), false FROM {rates} WHERE upper(from_currency) = '{company}')
            GROUP BY code, since""";

    private final Lake lake;
    private final TableContract contract;
    private final String company;

    /** @param company ISO 4217 code of the currency that the company reckons in */
    Money(Lake lake, TableContract contract, String company) {
        this.lake = lake;
        this.contract = contract;
        this.company = company;
    }

    private static List<ColumnContract> amounts(TableContract contract) {
        return contract.columns().stream()
                .filter(c -> CURRENCY.equals(c.unit()))
                .toList();
    }

    private static boolean isStatedIn(TableContract contract) {
        return contract.column(CURRENCY).isPresent();
    }

    /** Spark SQL for the currency that a row of a table names in the one form that counts, null if it names none. */
    static String named(TableContract contract) {
        return isStatedIn(contract) ? DELIVERED : "CAST(NULL AS string)";
    }

    /** The currency that amounts of a table are converted to, or empty if they stay as they are. */
    static Optional<String> of(Settings settings, TableContract contract) {
        return Optional.ofNullable(settings.currency())
                .filter(company -> isStatedIn(contract))
                .map(Currency::getCurrencyCode);
    }

    /**
     * Typed rows with their amounts in the company's currency, and {@code _unconverted}, why a row's are not (null for a row that is as it should be).
     *
     * @param rows columns of the contract and {@code _business_date}
     */
    Dataset<Row> converted(Dataset<Row> rows) {
        String day = contract.eventTime() == null
                ? "_business_date"
                : "coalesce(CAST(`%s` AS date), _business_date)".formatted(contract.eventTime());
        Dataset<Row> asked = rows.withColumn("_foreign", expr("nullif(%s, '%s')".formatted(DELIVERED, company)))
                .withColumn("_day", expr(day));
        Dataset<Row> rated = lake.isEmpty(RATES)
                ? asked.withColumn("_rate", expr("CAST(NULL AS decimal(24,12))"))
                : asked.join(
                        broadcast(rates()),
                        expr("_foreign = _code AND _day >= _since AND (_until IS NULL OR _day < _until)"),
                        "left");
        List<String> overflows = new ArrayList<>();
        for (ColumnContract amount : amounts(contract)) {
            String converted = "IF(_foreign IS NULL, `%1$s`, try_cast(`%1$s` * _rate AS %2$s))"
                    .formatted(amount.name(), amount.type());
            overflows.add("`%1$s` IS NOT NULL AND (%2$s) IS NULL".formatted(amount.name(), converted));
            rated = rated.withColumn("_in_" + amount.name(), expr(converted));
        }
        String why = """
                CASE WHEN _foreign IS NULL THEN NULL
                     WHEN _rate IS NULL THEN concat('currency: \\'', left(_foreign, 20), '\\' of ', _day, ' has no rate to %s in %s')
                     WHEN %s THEN concat('currency: an amount in ', left(_foreign, 20), ' is too large in %1$s') END""".formatted(company, RATES, String.join(" OR ", overflows));
        rated = rated.withColumn("_unconverted", expr(why));
        for (ColumnContract amount : amounts(contract)) {
            rated = rated.withColumn(
                    amount.name(), expr("IF(_unconverted IS NULL, `_in_%1$s`, `%1$s`)".formatted(amount.name())));
        }
        List<Column> kept = new ArrayList<>();
        for (String column : rows.columns()) {
            kept.add(
                    column.equals(CURRENCY)
                            ? expr("IF(_unconverted IS NULL AND _foreign IS NOT NULL, '" + company + "', " + DELIVERED
                                            + ")")
                                    .as(CURRENCY)
                            : col(column));
        }
        kept.add(col("_unconverted"));
        return rated.select(kept.toArray(Column[]::new));
    }

    /** For each currency the days from which a rate holds, and until when. */
    private Dataset<Row> rates() {
        String view = SourceViews.view(lake.read(RATES));
        Dataset<Row> byDay = lake.spark().sql(BY_DAY.replace("{rates}", view).replace("{company}", company));
        lake.spark().catalog().dropTempView(view);
        return byDay.selectExpr(
                "code AS _code",
                "since AS _since",
                "lead(since) OVER (PARTITION BY code ORDER BY since) AS _until",
                "_rate");
    }

    /** Leaves out the tables whose amounts are in several currencies: they cannot be added up, nor compared with each other. */
    static void requireOne(Night night, Left left) {
        Map<String, List<String>> named = night.ledger().currencies();
        named.values().removeIf(List::isEmpty);
        if (night.settings().currency() == null) {
            if (!isOne(named, null)) {
                left.add(
                        Failure.data(
                                ("amounts are in several currencies (%s) and would be added up as if they were one: set `currency` to what the company reckons in,"
                                                + " deliver %s, and run `millrace remap` for their sources")
                                        .formatted(shown(named), RATES)),
                        named.keySet());
            }
            return;
        }
        String company = night.settings().currency().getCurrencyCode();
        named.replaceAll((table, codes) ->
                codes.stream().filter(code -> !code.equals(company)).toList());
        named.values().removeIf(List::isEmpty);
        if (!named.isEmpty()) {
            left.add(
                    Failure.data(
                            "amounts stand from before `currency` was %s (%s): `millrace remap` for their sources converts them"
                                    .formatted(company, shown(named))),
                    named.keySet());
        }
    }

    /** Whether all is in one currency. @param company the one that it has to be in, or null for any */
    private static boolean isOne(Map<String, List<String>> named, Currency company) {
        Set<String> codes = named.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        return company == null
                ? codes.size() <= 1
                : Set.of(company.getCurrencyCode()).containsAll(codes);
    }

    /**
     * Notes which currencies rows name that came into silver. Only if that is not one with what is known, or nobody has looked before, is all of silver
     * looked at: what was known may have gone meanwhile.
     *
     * @param came table of silver → currencies that rows name which a fill brought, none for a table whose rows name none
     */
    static void note(Night night, Map<String, Set<String>> came) {
        Map<String, List<String>> named = night.ledger().currencies();
        // Before anything was refined there is nothing but what came.
        boolean isKnown = !named.isEmpty()
                || night.ledger().extracts().stream().noneMatch(e -> e.state() == Extract.State.REFINED);
        came.forEach((table, codes) -> named.merge(
                table,
                codes.stream().sorted().toList(),
                (before, now) -> Stream.concat(before.stream(), now.stream())
                        .distinct()
                        .sorted()
                        .toList()));
        if (isKnown && isOne(named, night.settings().currency())) {
            night.ledger().currencies(named);
        } else {
            look(night);
        }
    }

    private static String shown(Map<String, List<String>> named) {
        return named.entrySet().stream()
                .map(e -> e.getKey() + ": " + String.join(", ", e.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** Notes which currencies the rows of silver name. */
    static void look(Night night) {
        Map<String, List<String>> named = new TreeMap<>();
        Dataset<Row> all = null;
        for (TableContract contract : night.contracts().inDatabase("silver")) {
            // Of several sources one may give the amount and another one the currency.
            for (TableContract table : List.of(contract, contract.bySource())) {
                if (isStatedIn(contract) && !night.lake().isEmpty(table.name())) {
                    Dataset<Row> some =
                            night.lake().read(table).selectExpr("'" + contract.name() + "' AS t", DELIVERED + " AS c");
                    all = all == null ? some : all.union(some);
                    named.put(contract.name(), List.of());
                }
            }
        }
        if (all != null) {
            all.filter("c IS NOT NULL")
                    .distinct()
                    .groupBy("t")
                    .agg(expr("sort_array(collect_list(c))"))
                    .collectAsList()
                    .forEach(row -> named.put(row.getString(0), row.getList(1)));
        }
        night.ledger().currencies(named);
    }
}
