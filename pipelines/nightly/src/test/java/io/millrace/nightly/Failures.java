package io.millrace.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.Failure;
import java.util.function.Consumer;

/** What tests ask of a failure. */
public final class Failures {

    private Failures() {}

    public static Consumer<Throwable> of(Failure.Kind kind) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(kind));
    }
}
