package io.millrace.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SentenceEncoderTest {

    private static final SentenceEncoder ENCODER = SentenceEncoder.shipped();

    private static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int j = 0; j < a.length; j++) {
            ab += (double) a[j] * b[j];
            aa += (double) a[j] * a[j];
            bb += (double) b[j] * b[j];
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void aVectorDoesNotDependOnItsNeighbours() {
        List<String> texts = List.of(
                "Great.",
                "The parcel arrived damaged and nobody answered my mail, which I sent twice. ".repeat(10),
                "",
                "I would buy it again.",
                "Great.");
        float[][] together = ENCODER.encode(texts);

        for (int i = 0; i < texts.size(); i++) {
            float[] alone = ENCODER.encode(List.of(texts.get(i)))[0];
            assertThat(together[i]).as(texts.get(i)).hasSameSizeAs(alone);
            for (int j = 0; j < alone.length; j++) {
                assertThat(together[i][j]).isCloseTo(alone[j], offset(1e-4f));
            }
        }
        assertThat(together[0]).isNotEqualTo(together[3]);
    }

    @Test
    void whatMeansTheSameIsNearer() {
        float[][] vectors = ENCODER.encode(
                List.of("I want my money back.", "Please refund me.", "The train to Paris leaves at noon."));

        assertThat(cosine(vectors[0], vectors[1])).isGreaterThan(cosine(vectors[0], vectors[2]));
    }

    @Test
    void hugeTextsAreTheirBeginningAndTheirEnd() {
        String begins = "The beginning is dreadful. " + "padding ".repeat(200);
        String ends = "padding ".repeat(200) + "But the end is wonderful.";
        float[][] vectors = ENCODER.encode(List.of(
                begins + "middle ".repeat(100_000) + ends, begins + "other ".repeat(150_000) + ends, begins, ends));

        assertThat(vectors[0]).isEqualTo(vectors[1]).isNotEqualTo(vectors[2]).isNotEqualTo(vectors[3]);
    }

    @Test
    void anyCharactersAreEncoded() {
        List<String> texts = List.of("\uD83D half of a pair", "\u0000\u0007", "日本語", "😀😀", "<b>&amp;</b>", "\n\t ");
        for (float[] vector : ENCODER.encode(texts)) {
            assertThat(IntStream.range(0, vector.length).allMatch(j -> Float.isFinite(vector[j])))
                    .isTrue();
        }
    }

    @Test
    void furtherOutputsAreFieldsBehindTheModel() {
        byte[] model = {0x08, 0x07};

        byte[] more = OnnxGraph.withOutputs(model, List.of("abc"));

        // graph (7) of 7 bytes: output (12) of 5 bytes: name (1) of 3 bytes
        assertThat(more).containsExactly(0x08, 0x07, 0x3a, 0x07, 0x62, 0x05, 0x0a, 0x03, 'a', 'b', 'c');
        byte[] longer = OnnxGraph.withOutputs(model, List.of("x".repeat(200)));
        assertThat(new String(longer, StandardCharsets.ISO_8859_1)).endsWith("x".repeat(200));
        assertThat(Byte.toUnsignedInt(longer[3]) & 0x7f | longer[4] << 7).isEqualTo(longer.length - 5);
    }

    /** What was learned from one encoder says nothing about another: a newer artefact of that name has another identity. */
    @Test
    void theShippedEncoderIsTheOneThatItSaysToBe() {
        assertThat(SentenceEncoder.identity(SentenceEncoder.shippedParts())).isEqualTo(ENCODER.identity());
    }

    @Test
    void whatIsNoModelIsRefused() {
        byte[] nonsense = "no model".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SentenceEncoder.open(new SentenceEncoder.Parts(nonsense, nonsense, "", List.of("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be loaded");
    }
}
