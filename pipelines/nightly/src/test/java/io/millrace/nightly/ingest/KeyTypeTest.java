package io.millrace.nightly.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys that were read as text are found again by what they are. */
class KeyTypeTest {

    private static final String TABLE = """
            CREATE TABLE part (i integer, b bigint, n numeric(12,4), d date, v varchar(9), c char(9), u %s, t timestamp)""";
    private static final String INSERT = """
            INSERT INTO part SELECT x, x, x / 8.0, DATE '2026-01-01', 'V' || x, 'C' || x, %s, TIMESTAMP '2026-01-01 10:00:00' FROM %s""";
    private static final List<String> KEYS = List.of("i", "b", "n", "v", "c", "u");

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void aRowIsFoundByItsKeyWhateverTheColumnIs() throws SQLException {
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:keys")) {
            execute(h2, TABLE.formatted("uuid"), INSERT.formatted("random_uuid()", "system_range(1, 100)"));
            everyRowIsFound(h2);
        }
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            execute(
                    connection,
                    TABLE.formatted("uuid"),
                    INSERT.formatted("gen_random_uuid()", "generate_series(1, 100) s(x)"));
            everyRowIsFound(connection);
            theIndexIsUsed(connection);
        }
    }

    private static void everyRowIsFound(Connection connection) throws SQLException {
        for (String key : KEYS) {
            String column = "q." + key;
            for (String text : texts(connection, key)) {
                KeyType type = type(connection, key).orText(List.of(text));
                String sql = "SELECT count(*) FROM part q WHERE " + type.isEqual(column);
                assertThat(ask(connection, sql, type.bound(text)))
                        .as(key + " = " + text)
                        .containsExactly("1");
            }
        }
        for (String key : List.of("d", "t")) {
            String text = texts(connection, key).get(0);
            KeyType type = type(connection, key).orText(List.of(text));
            String sql = "SELECT count(*) FROM part q WHERE " + type.isEqual("q." + key);
            assertThat(ask(connection, sql, type.bound(text))).as(key).containsExactly("100");
        }
    }

    /** A column that is written as text first has no index. */
    private static void theIndexIsUsed(Connection connection) throws SQLException {
        execute(connection, "SET enable_seqscan = off");
        for (String key : List.of("i", "b", "n", "d", "v", "c")) {
            execute(connection, "CREATE INDEX ON part (" + key + ")");
            String text = texts(connection, key).get(0);
            KeyType type = type(connection, key).orText(List.of(text));
            String sql = "EXPLAIN SELECT * FROM part q WHERE " + type.isEqual("q." + key);
            assertThat(String.join("\n", ask(connection, sql, type.bound(text))))
                    .as(key)
                    .contains("Index Cond");
        }
    }

    @Test
    void aValueThatIsNotWrittenAsItsTypeIsAskedForAsText() {
        assertThat(KeyType.DECIMAL.orText(List.of("1.5", "NaN"))).isEqualTo(KeyType.TEXT);
        assertThat(KeyType.DATE.orText(List.of("2026-01-01 10:00:00"))).isEqualTo(KeyType.TEXT);
        assertThat(KeyType.INTEGER.orText(List.of("12", "-3"))).isEqualTo(KeyType.INTEGER);
    }

    private static KeyType type(Connection connection, String key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + key + " FROM part WHERE 1 = 0");
                ResultSet none = select.executeQuery()) {
            return KeyType.of(none.getMetaData().getColumnType(1));
        }
    }

    private static List<String> texts(Connection connection, String key) throws SQLException {
        return ask(connection, "SELECT " + key + " FROM part ORDER BY i", List.of());
    }

    private static List<String> ask(Connection connection, String sql, List<Object> values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (ResultSet found = select.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (found.next()) {
                    texts.add(found.getString(1));
                }
                return texts;
            }
        }
    }

    private static void execute(Connection connection, String... all) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : all) {
                statement.execute(sql);
            }
        }
    }
}
