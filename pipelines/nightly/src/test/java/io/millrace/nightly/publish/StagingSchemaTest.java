package io.millrace.nightly.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StagingSchemaTest {

    private static final StagingSchema SCHEMA = new StagingSchema("millrace_staging");

    private static String statement(Dialect dialect, String start) {
        return SCHEMA.statements(dialect).stream()
                .filter(sql -> sql.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> columns(BatchKind kind) {
        return kind.table().columnNames();
    }

    @Test
    void tablesHaveTheColumnsOfTheContract() {
        assertThat(StagingTables.BATCH.columnNames())
                .containsSubsequence(
                        "batch_id",
                        "kind",
                        "business_date",
                        "row_count",
                        "content_hash",
                        "model_versions",
                        "run_id",
                        "created_at",
                        "state");
        assertThat(columns(BatchKind.of("reorder_plan")))
                .containsExactly(
                        "batch_id",
                        "decision_id",
                        "product_code",
                        "site_code",
                        "supplier_code",
                        "order_quantity",
                        "unit",
                        "order_date",
                        "need_by_date",
                        "reorder_point",
                        "order_up_to",
                        "safety_stock",
                        "expected_cost",
                        "baseline_cost",
                        "reason",
                        "state",
                        "state_reason",
                        "decided_at");
        assertThat(columns(BatchKind.of("campaign_target")))
                .containsExactly(
                        "batch_id",
                        "decision_id",
                        "customer_code",
                        "campaign_code",
                        "channel",
                        "content",
                        "send_on",
                        "expected_value",
                        "propensity",
                        "churn_probability",
                        "segment",
                        "reason",
                        "state",
                        "state_reason",
                        "decided_at");
        assertThat(columns(BatchKind.of("route_stop")))
                .containsExactly(
                        "batch_id",
                        "decision_id",
                        "route_no",
                        "stop_no",
                        "vehicle_code",
                        "site_code",
                        "shipment_code",
                        "arrival_at",
                        "load_after",
                        "distance_km",
                        "reason",
                        "state",
                        "state_reason",
                        "decided_at");
        assertThat(columns(BatchKind.of("alert")))
                .containsExactly(
                        "batch_id",
                        "decision_id",
                        "severity",
                        "subject_type",
                        "subject_code",
                        "metric",
                        "observed",
                        "expected",
                        "score",
                        "reason",
                        "state",
                        "state_reason",
                        "decided_at");
    }

    @Test
    void aDecisionFillsAllButWhatThePublisherAndTheErpWrite() {
        assertThat(BatchKind.of("reorder_plan").columns())
                .extracting(StagingColumn::name)
                .startsWith("product_code")
                .endsWith("reason")
                .hasSize(13);
    }

    @Test
    void postgresIsPlainAndIdempotent() {
        assertThat(SCHEMA.statements(Dialect.POSTGRESQL).get(0))
                .isEqualTo("CREATE SCHEMA IF NOT EXISTS \"millrace_staging\"");
        assertThat(SCHEMA.statements(Dialect.POSTGRESQL).get(1)).isEqualTo("""
                CREATE TABLE IF NOT EXISTS "millrace_staging"."batch" (
                  "batch_id" VARCHAR(64) NOT NULL,
                  "kind" VARCHAR(32) NOT NULL,
                  "business_date" DATE NOT NULL,
                  "revision" INTEGER NOT NULL,
                  "row_count" INTEGER NOT NULL,
                  "content_hash" VARCHAR(64) NOT NULL,
                  "model_versions" VARCHAR(1000),
                  "run_id" VARCHAR(100) NOT NULL,
                  "created_at" TIMESTAMP(6) NOT NULL,
                  "state" VARCHAR(16) NOT NULL,
                  CONSTRAINT "pk_batch" PRIMARY KEY ("batch_id"),
                  CONSTRAINT "uq_batch" UNIQUE ("kind", "business_date", "revision"),
                  CONSTRAINT "ck_batch" CHECK ("state" IN ('READY', 'CONSUMED', 'REJECTED', 'SUPERSEDED'))
                )""");
        assertThat(statement(Dialect.POSTGRESQL, "CREATE INDEX IF NOT EXISTS \"ix_reorder"))
                .isEqualTo("CREATE INDEX IF NOT EXISTS \"ix_reorder_plan_batch_id\""
                        + " ON \"millrace_staging\".\"reorder_plan\" (\"batch_id\")");
    }

    @Test
    void oracleCountsCharactersAndWritesUpperCase() {
        assertThat(SCHEMA.statements(Dialect.ORACLE)).noneMatch(sql -> sql.contains("IF NOT EXISTS"));
        assertThat(SCHEMA.statements(Dialect.ORACLE)).noneMatch(sql -> sql.startsWith("CREATE SCHEMA"));
        assertThat(statement(Dialect.ORACLE, "CREATE TABLE \"MILLRACE_STAGING\".\"CAMPAIGN_TARGET\" ("))
                .contains("\"CUSTOMER_CODE\" VARCHAR2(100 CHAR) NOT NULL,\n")
                .contains("\"SEND_ON\" DATE NOT NULL,\n")
                .contains("\"EXPECTED_VALUE\" NUMBER(18, 4) NOT NULL,\n")
                .contains("\"DECIDED_AT\" TIMESTAMP(6),\n")
                .contains("CONSTRAINT \"PK_CAMPAIGN_TARGET\" PRIMARY KEY (\"DECISION_ID\")")
                .contains("CHECK (\"STATE\" IN ('NEW', 'ACCEPTED', 'REJECTED', 'SUPERSEDED'))");
        assertThat(statement(Dialect.ORACLE, "CREATE INDEX \"MILLRACE_STAGING\".\"IX_REORDER"))
                .isEqualTo("CREATE INDEX \"MILLRACE_STAGING\".\"IX_REORDER_PLAN_BATCH_ID\""
                        + " ON \"MILLRACE_STAGING\".\"REORDER_PLAN\" (\"BATCH_ID\")");
    }

    @Test
    void sqlServerHasUnicodeTextAndItsOwnTimes() {
        assertThat(SCHEMA.statements(Dialect.SQL_SERVER)).noneMatch(sql -> sql.contains("IF NOT EXISTS"));
        assertThat(SCHEMA.statements(Dialect.SQL_SERVER).get(0)).isEqualTo("CREATE SCHEMA [millrace_staging]");
        assertThat(statement(Dialect.SQL_SERVER, "CREATE TABLE [millrace_staging].[route_stop] ("))
                .contains("[site_code] NVARCHAR(100) NOT NULL,\n")
                .contains("[stop_no] INTEGER NOT NULL,\n")
                .contains("[arrival_at] DATETIME2(6),\n")
                .contains("[distance_km] DECIMAL(12, 3),\n");
    }

    @Test
    void mariaDbHasTransactionsAndAllOfUnicode() {
        assertThat(SCHEMA.statements(Dialect.MARIADB).get(0))
                .isEqualTo("CREATE SCHEMA IF NOT EXISTS `millrace_staging`");
        assertThat(statement(Dialect.MARIADB, "CREATE TABLE IF NOT EXISTS `millrace_staging`.`alert` ("))
                .contains("`decided_at` DATETIME(6),\n")
                .endsWith(") ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    }

    @Test
    void rowsAreLockedAsTheDatabaseLocksThem() {
        assertThat(new StagingSql("s", Dialect.ORACLE, BatchKind.of("alert")).lockRows())
                .endsWith("ORDER BY \"DECISION_ID\" FOR UPDATE");
        assertThat(new StagingSql("s", Dialect.SQL_SERVER, BatchKind.of("alert")).lockRows())
                .contains("FROM [s].[alert] WITH (UPDLOCK, ROWLOCK) WHERE")
                .endsWith("ORDER BY [decision_id]");
        assertThat(new StagingSql("s", Dialect.MARIADB, BatchKind.of("alert")).lockRows())
                .endsWith("ORDER BY `decision_id` FOR UPDATE");
    }

    @ParameterizedTest
    @EnumSource
    void everyNameFitsTheOldestOracle(Dialect dialect) {
        for (String sql : SCHEMA.statements(dialect)) {
            assertThat(sql).doesNotContainPattern("[A-Za-z0-9_]{31,}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "a;b", "a\"b", "a.b", "naïve"})
    void aNameThatIsNoIdentifierIsRefused(String name) {
        assertThatThrownBy(() -> new StagingSchema(name))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("staging.schema");
    }

    @Test
    void aNameOf63CharactersIsTheLongest() {
        assertThat(new StagingSchema("a".repeat(63)).name()).hasSize(63);
        assertThatThrownBy(() -> new StagingSchema("a".repeat(64))).isInstanceOf(Failure.class);
    }
}
