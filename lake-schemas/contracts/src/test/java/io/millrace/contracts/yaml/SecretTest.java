package io.millrace.contracts.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"hunter2", "${hunter2}", "${env:}", "x${env:A}", "${env:A}x", "${ENV:A}", "${vault:A}"})
    void aLiteralIsRefusedAndNotRepeated(String literal) {
        assertThatThrownBy(() -> new Secret(literal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never as the value itself")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void theValueIsReadFromAFileAndShownNowhere() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "hunter2\n");
        Secret secret = new Secret("${file:" + file + "}");
        assertThat(secret.reveal()).isEqualTo("hunter2");
        assertThat(secret.toString()).isEqualTo("${file:" + file + "}").doesNotContain("hunter2");
    }

    @Test
    void theValueIsReadFromTheEnvironment() {
        assertThat(new Secret("${env:PATH}").reveal()).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void aMissingVariableOrFileIsAConfigurationFailureThatNamesIt() {
        assertThatThrownBy(() -> new Secret("${env:MILLRACE_NO_SUCH_VARIABLE}").reveal())
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("MILLRACE_NO_SUCH_VARIABLE");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> new Secret("${file:" + none + "}").reveal())
                .isInstanceOf(Failure.class)
                .hasMessageContaining(none.toString());
    }
}
