package io.millrace.nightly.publish;

import static io.millrace.nightly.publish.Nights.night;
import static io.millrace.nightly.publish.Nights.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.nightly.Failures;
import io.millrace.nightly.database.Connections;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract on H2: as itself, and with the statements of other databases in the mode that imitates them. */
class H2StagingTest {

    private static Connection h2(String database, String mode) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000%s".formatted(database, mode));
    }

    @Nested
    class AsItself extends StagingContract {
        @Override
        Connections owner() {
            return () -> h2("plain", "");
        }
    }

    @Nested
    class WithTheStatementsOfOracle extends StagingContract {
        @Override
        Connections owner() {
            return () -> named("Oracle", h2("oracle", ";MODE=Oracle"));
        }

        @Override
        void administer(String schemaName) throws SQLException {
            try (Connection connection = h2("oracle", ";MODE=Oracle");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA " + schemaName);
            }
        }
    }

    @Nested
    class WithTheStatementsOfSqlServer extends StagingContract {
        @Override
        Connections owner() {
            return () -> named(
                    "Microsoft SQL Server",
                    h2("sqlserver", ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"));
        }
    }

    /** The connection, which gives another name for its database. */
    private static Connection named(String product, Connection connection) {
        return proxy(
                Connection.class,
                connection,
                "getMetaData",
                result -> proxy(
                        DatabaseMetaData.class, (DatabaseMetaData) result, "getDatabaseProductName", name -> product));
    }

    private static <T> T proxy(Class<T> type, T target, String method, UnaryOperator<Object> changed) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    try {
                        Object result = called.invoke(target, arguments);
                        return called.getName().equals(method) ? changed.apply(result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** H2 has no schemas that are catalogues, so only the statements are tried. */
    @Test
    void theStatementsOfMariaDbRun() throws SQLException {
        StagingSchema schema = new StagingSchema("maria");
        String mode = ";MODE=MariaDB;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
        try (Connection connection = h2("maria", mode);
                Statement statement = connection.createStatement()) {
            for (String sql : schema.statements(Dialect.MARIADB)) {
                statement.execute(sql);
            }
        }
        Connections maria = () -> named("MariaDB", h2("maria", mode));
        StagingPublisher publisher = new StagingPublisher(schema);
        assertThat(publisher
                        .publish(maria, night(order("A", "1"), order("B", "1")))
                        .written())
                .isEqualTo(2);
        assertThat(publisher.publish(maria, night(order("A", "1"))))
                .extracting("written", "updated", "superseded")
                .containsExactly(0, 1, 1);
        assertThat(publisher.publish(maria, night(order("A", "1"))).alreadyPublished())
                .isTrue();
    }

    @Test
    void aSchemaOfOracleIsMadeByAnAdministrator() {
        Connections oracle = () -> named("Oracle", h2("bare", ";MODE=Oracle"));
        assertThatThrownBy(() -> new StagingSchema("absent").create(oracle))
                .satisfies(Failures.of(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("have an administrator CREATE USER");
        assertThat(new StagingSchema("absent").missing(oracle)).containsExactly("schema absent");
    }

    @Test
    void anUnknownDatabaseIsRefusedByName() {
        Connections other = () -> named("Derby", h2("bare", ""));
        assertThatThrownBy(() -> new StagingSchema("absent").create(other))
                .satisfies(Failures.of(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("Derby is no database");
    }
}
