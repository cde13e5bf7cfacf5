package io.millrace.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void anErrorOfReadingOrWritingIsOutsideAndNoBug() {
        Failure full = Failure.within(new IllegalStateException(
                "x", new UncheckedIOException(new IOException("No space left on device\nat"))));
        assertThat(full.kind()).isEqualTo(Failure.Kind.OUTSIDE);
        assertThat(full).hasMessage("IOException: No space left on device");
        assertThat(Failure.within(new RuntimeException(new FileNotFoundException("/lake/part-1.parquet"))))
                .hasMessage("FileNotFoundException: /lake/part-1.parquet");
    }

    @Test
    void aFailureThatSaysWhyGoesBeforeTheErrorBeneathIt() {
        Failure known = Failure.outside("The lake is away", new IOException("refused"));
        assertThat(Failure.within(new RuntimeException(known))).isSameAs(known);
    }

    @Test
    void whatWentWrongIsOneLine() {
        assertThat(Failure.sentence(Failure.data("2 extracts were refused:\n  - a.csv: is empty\n  - b.csv: is empty")))
                .isEqualTo("2 extracts were refused: a.csv: is empty; b.csv: is empty");
        assertThat(Failure.sentence(new IllegalStateException("Job aborted\n\tat org.x.Y.z(Y.java:1)")))
                .isEqualTo("Job aborted");
        assertThat(Failure.sentence(new NullPointerException())).isEqualTo("NullPointerException");
    }

    @Test
    void everythingElseIsABug() {
        assertThat(Failure.within(new IllegalStateException("not foreseen"))).isNull();
        assertThat(Failure.within(new RuntimeException(new NotSerializableException("a.B"))))
                .isNull();
    }
}
