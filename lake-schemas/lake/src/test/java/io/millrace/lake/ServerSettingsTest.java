package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.yaml.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {

    private static final Secret PASSWORD = new Secret("${env:KEY}");

    private static ServerSettings door(String host, String users, String keyStore, Secret password) {
        return new ServerSettings(host, 10000, users, keyStore, password, 1000, Duration.ofMinutes(1));
    }

    @Test
    void thisMachineNeedsNeitherUsersNorAKey() {
        assertThat(door("127.0.0.1", null, null, null).at(10001).port()).isEqualTo(10001);
        assertThat(door("localhost", "users", null, null).users()).isEqualTo("users");
        assertThat(door("::1", null, "key", PASSWORD).keyStore()).isEqualTo("key");
    }

    @Test
    void otherMachinesNeedBoth() {
        assertThat(door("0.0.0.0", "users", "key", PASSWORD).host()).isEqualTo("0.0.0.0");
        assertThatThrownBy(() -> door("0.0.0.0", null, "key", PASSWORD)).hasMessageContaining("sql-server.users");
        assertThatThrownBy(() -> door("0.0.0.0", "users", null, null)).hasMessageContaining("sql-server.key-store");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> door("127.0.0.1", null, "key", null)).hasMessageContaining("go together");
        assertThatThrownBy(() -> door("127.0.0.1", null, null, null).at(0)).hasMessageContaining("port");
        assertThatThrownBy(() -> new ServerSettings("127.0.0.1", 1, null, null, null, 0, Duration.ofMinutes(1)))
                .hasMessageContaining("rows");
    }
}
