package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.launcher.demo.DemoPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * Moments of a publication at which a launcher is killed. Each is reached by holding up the next thing that the launcher
 * does, so that it waits there for as long as it takes to see it and to kill it.
 */
enum PublishMoment {

    /** The first statement of the first transaction waits for the table of batches. */
    BEFORE_THE_TRANSACTIONS {
        @Override
        void hold(Path home, Statement erp) throws SQLException {
            erp.execute("LOCK TABLE millrace_staging.batch IN ACCESS EXCLUSIVE MODE");
        }

        @Override
        boolean isReached(Statement watch) throws SQLException {
            return one(
                            watch,
                            "SELECT count(*) FROM pg_locks WHERE NOT granted"
                                    + " AND relation = 'millrace_staging.batch'::regclass")
                    == 1;
        }

        @Override
        String left() {
            return "nothing";
        }
    },

    /**
     * The orders are committed. The contacts are inserted up to the last one, which waits for somebody who is inserting
     * the same one.
     */
    INSIDE_THE_SECOND {
        @Override
        void hold(Path home, Statement erp) throws SQLException {
            erp.execute("INSERT INTO millrace_staging.campaign_target SELECT * FROM last_contact");
        }

        @Override
        boolean isReached(Statement watch) throws SQLException {
            return one(
                                    watch,
                                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                            + " AND backend_xid IS NOT NULL AND query LIKE 'INSERT INTO%campaign_target%'")
                            == 1
                    // Rows that nobody else sees yet, beside the one that was laid in their way.
                    && one(watch, "SELECT pg_relation_size('millrace_staging.campaign_target')") > 8192;
        }

        @Override
        String left() {
            return "batch of reorder_plan, orders";
        }
    },

    /** Both transactions are committed; the ledger's note of the second stage goes to a pipe that nobody reads. */
    BEHIND_BOTH {
        @Override
        void hold(Path home, Statement erp) throws IOException {
            try {
                Path pipe = note(home);
                int made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
                assertThat(made).isZero();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        boolean isReached(Statement watch) throws SQLException {
            return one(watch, "SELECT count(*) FROM millrace_staging.batch WHERE state = 'READY'") == 2;
        }

        @Override
        void release(Path home, Connection erp) throws IOException {
            Files.delete(note(home));
        }

        @Override
        String left() {
            return "batch of campaign_target, batch of reorder_plan, contacts, orders";
        }

        /** The event behind those of the run's start and of the first stage, as it is called while it is written. */
        private Path note(Path home) throws IOException {
            Path ledger = home.resolve("lake/_ledger");
            long last = new ObjectMapper()
                    .readTree(ledger.resolve("state.json").toFile())
                    .path("lastEvent")
                    .asLong();
            return ledger.resolve(".%012d.json.tmp".formatted(last + 3));
        }
    };

    abstract void hold(Path home, Statement erp) throws SQLException, IOException;

    abstract boolean isReached(Statement watch) throws SQLException;

    /** What a launcher that was killed then leaves in the staging schema. */
    abstract String left();

    void release(Path home, Connection erp) throws SQLException, IOException {
        erp.rollback();
    }

    /** Empties the staging schema, as if nothing had ever been published; keeps the last contact aside. */
    static void unpublish(Path home) throws SQLException {
        try (DemoPostgres postgres = DemoPostgres.open(home);
                Connection erp = postgres.connectAsErp();
                Statement statement = erp.createStatement()) {
            statement.execute("CREATE TABLE last_contact AS SELECT * FROM millrace_staging.campaign_target"
                    + " ORDER BY decision_id DESC LIMIT 1");
            statement.execute("TRUNCATE millrace_staging.batch, millrace_staging.reorder_plan,"
                    + " millrace_staging.campaign_target");
        }
    }

    /**
     * Starts a launcher that publishes, kills it at this moment, and waits until the database has noticed.
     *
     * @return what there is in the staging schema then
     */
    String kill(Path home, Path log, String... arguments) throws Exception {
        try (DemoPostgres postgres = DemoPostgres.open(home);
                Connection erp = postgres.connectAsErp();
                Statement holding = erp.createStatement();
                Connection other = postgres.connectAsErp();
                Statement watch = other.createStatement()) {
            erp.setAutoCommit(false);
            hold(home, holding);
            Process process = Launch.apart(log, arguments);
            try {
                while (!isReached(watch)) {
                    assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
                            .as(Files.readString(log))
                            .isFalse();
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            release(home, erp);
            while (one(watch, "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + DemoPostgres.WRITER + "'")
                    > 0) {
                Thread.sleep(20);
            }
            return text(
                    watch,
                    "SELECT coalesce(string_agg(what, ', ' ORDER BY what), 'nothing') FROM ("
                            + "SELECT 'batch of ' || kind AS what FROM millrace_staging.batch"
                            + " UNION SELECT 'orders' FROM millrace_staging.reorder_plan"
                            + " UNION SELECT 'contacts' FROM millrace_staging.campaign_target) AS left_over");
        }
    }

    private static long one(Statement statement, String query) throws SQLException {
        return Long.parseLong(text(statement, query));
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
