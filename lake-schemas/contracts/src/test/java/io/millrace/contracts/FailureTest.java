package io.millrace.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void everyClassOfCauseHasTheExitCodeOfThePublicContract() {
        assertThat(Arrays.stream(Failure.Kind.values()).map(k -> k + "=" + k.exitCode()))
                .containsExactly("USAGE=2", "CONFIGURATION=3", "DATA=4", "OUTSIDE=5", "LOCKED=6");
        assertThat(Failure.data("x").kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(Failure.outside("x", new java.io.IOException("refused"))).hasRootCauseMessage("refused");
    }
}
