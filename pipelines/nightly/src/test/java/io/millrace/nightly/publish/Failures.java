package io.millrace.nightly.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.Failure;
import java.util.function.Consumer;

/** What tests ask of a failure. */
final class Failures {

    private Failures() {}

    static Consumer<Throwable> of(Failure.Kind kind) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(kind));
    }
}
