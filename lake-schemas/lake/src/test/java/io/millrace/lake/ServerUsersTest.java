package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.security.sasl.AuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerUsersTest {

    @TempDir
    private Path folder;

    @Test
    void whoIsInTheFileIsKnownByItsPasswordAlone() throws IOException {
        Path file = folder.resolve("users");
        Files.write(file, List.of(ServerUsers.line("ana", "näh ein:s"), ServerUsers.line("ana.b", "other")));
        assertThat(ServerUsers.isKnown(file, "ana", "näh ein:s")).isTrue();
        assertThat(ServerUsers.isKnown(file, "ana.b", "other")).isTrue();
        assertThat(ServerUsers.isKnown(file, "ana", "other")).isFalse();
        assertThat(ServerUsers.isKnown(file, "ana", "")).isFalse();
        assertThat(ServerUsers.isKnown(file, "ana", null)).isFalse();
        assertThat(ServerUsers.isKnown(file, "an", "näh ein:s")).isFalse();
        assertThat(ServerUsers.isKnown(file, "", "")).isFalse();
        assertThat(ServerUsers.isKnown(file, null, null)).isFalse();
    }

    @Test
    void theSamePasswordHasAnotherLineEachTimeAndStandsInNone() {
        assertThat(ServerUsers.line("ana", "secret"))
                .isNotEqualTo(ServerUsers.line("ana", "secret"))
                .doesNotContain("secret");
    }

    @Test
    void namesThatWouldBreakALineAndEmptyPasswordsAreRefused() {
        for (String name : List.of("", "a:b", "a\nb", "a b", "x".repeat(65))) {
            assertThatThrownBy(() -> ServerUsers.line(name, "p")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ServerUsers.line("ana", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ServerUsers.line("ana", null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDamagedLineLetsNobodyInAndIsNamed() throws IOException {
        Path file = folder.resolve("users");
        String good = ServerUsers.line("ana", "secret");
        for (String damaged :
                List.of("ana:", "ana:many:a:b", good.substring(0, good.length() - 1), "ana:0::", good + ":x")) {
            Files.write(file, List.of(damaged));
            assertThatThrownBy(() -> ServerUsers.isKnown(file, "ana", "secret"))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessage("the line of ana in the file of users is damaged");
        }
    }

    @Test
    void withoutTheFileNobodyIsKnown() {
        assertThatThrownBy(() -> ServerUsers.isKnown(folder.resolve("none"), "ana", "x"))
                .isInstanceOf(AuthenticationException.class);
    }
}
