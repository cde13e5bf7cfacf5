package io.millrace.nightly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.nightly.Failures;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost/erp?password=hidden",
                "jdbc:postgresql://localhost/erp?ssl=true&sslpassword=hidden",
                "jdbc:postgresql://localhost/erp?pass%77ord=hidden",
                "jdbc:postgresql://erp:hidden@localhost/erp",
                "jdbc:postgresql://erp@localhost/erp",
                "jdbc:mariadb://u:hidden@db:3306/erp",
                "jdbc:mysql://u:hidden@one,u:hidden@two/erp",
                "jdbc:mysql://(host=db,user=u,password=hidden)/erp",
                "jdbc:sqlserver://db:1433;databaseName=erp;Password=hidden",
                "jdbc:sqlserver://db;trustStorePassword=hidden",
                "jdbc:oracle:thin:scott/hidden@db:1521/erp",
                "jdbc:oracle:thin:scott@db:1521/erp",
                "jdbc:oracle:oci8:scott/hidden@erp",
                "jdbc:db2://db/erp:user=u;password=hidden;",
                "jdbc:sap://db:30015/?accessToken=hidden",
                "jdbc:h2:mem:x;PASSWORD=hidden"
            })
    void anAddressThatCarriesASecretIsRefusedWithoutShowingIt(String url) {
        assertThatThrownBy(() -> new Database(url, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("url carries a user or a secret")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example.com:5432/erp?sslmode=verify-full&sslrootcert=/etc/ssl/ca%2Bb.pem",
                "jdbc:postgresql:erp",
                "jdbc:postgresql://[::1]:5432/erp?options=-c%20search_path%3Da@b",
                "jdbc:oracle:thin:@//db:1521/erp",
                "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=erp)))",
                "jdbc:oracle:thin:/@erp",
                "jdbc:sqlserver://db:1433;databaseName=erp;encrypt=true",
                "jdbc:mariadb://one,two/erp?useSsl=true&x=50%",
                "embedded:.millrace/demo/postgres"
            })
    void anAddressWithoutOneIsTaken(String url) {
        assertThat(new Database(url, "erp", null).url()).isEqualTo(url);
    }

    /** It takes the connection and never says a word. */
    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket mute = new ServerSocket(0)) {
            Database database = new Database("jdbc:postgresql://localhost:" + mute.getLocalPort() + "/erp", "u", null);
            Instant start = Instant.now();
            assertThatThrownBy(() -> RetryPolicy.ONCE.run("work", database::connect, c -> 1))
                    .satisfies(Failures.of(Failure.Kind.OUTSIDE));
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(40));
        }
    }
}
