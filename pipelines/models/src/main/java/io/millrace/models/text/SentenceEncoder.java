package io.millrace.models.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Vectors of texts by a pre-trained transformer (BERT family) in ONNX: of several of its layers the mean over the text's tokens, one after the
 * other (Wang et al. 2022, "Text embeddings by weakly-supervised contrastive pre-training", pools the last layer so).
 *
 * <p>Texts of like length are encoded together, batches beside each other and each on one thread: threads within a batch wait for each other at
 * every step. The model is in full precision, so that a text's vector does not depend on its neighbours but
 * for rounding. Of a long text the beginning and the end count (Sun et al. 2019, "How to fine-tune BERT for text classification"). May be used
 * by several threads at a time.
 */
public final class SentenceEncoder {

    /** Name of the {@linkplain #shipped shipped} encoder and of what is taken of it; to know it loads nothing. */
    public static final String SHIPPED = "e5-small-v2, layers 8, 10 and 12";

    /** Most tokens of a text; longer ones keep as many from their beginning as from their end. */
    static final int MOST_TOKENS = 256;

    /** Most characters that are cut into tokens; longer texts keep as many from their beginning as from their end. */
    static final int MOST_CHARACTERS = 8_192;

    /** Most tokens that are encoded at a time, padding among them: what still fits the processor's caches. */
    private static final int BATCH_TOKENS = 512;

    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";

    /**
     * What an encoder is made of.
     *
     * @param model     ONNX, with the inputs of BERT: {@code input_ids}, {@code attention_mask}, and {@code token_type_ids} if it has them
     * @param tokenizer JSON as Hugging Face's tokenizers write it
     * @param prefix    what the model wants in front of every text, or empty
     * @param layers    names of the values of shape texts × tokens × width that are pooled, at least one; they need not be outputs
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Parts(byte[] model, byte[] tokenizer, String prefix, List<String> layers) implements Serializable {

        public Parts {
            layers = List.copyOf(layers);
            if (layers.isEmpty()) {
                throw new IllegalArgumentException("An encoder needs a layer to pool, such as last_hidden_state");
            }
        }
    }

    /** Those that this process has opened, by name: a session takes as much memory as its model. */
    private static final Map<String, SentenceEncoder> OPENED = new ConcurrentHashMap<>();

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final String prefix;
    private final List<String> layers;
    private final String identity;

    private SentenceEncoder(Parts parts, String identity) throws OrtException, IOException {
        this.identity = identity;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(OnnxGraph.withOutputs(parts.model(), parts.layers()), options);
        }
        tokenizer = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(parts.tokenizer()), Map.of("padding", "false", "truncation", "false"));
        prefix = parts.prefix();
        layers = parts.layers();
    }

    /** Loaded once a process, when it is first asked for. */
    private static final class Shipped {

        /** The eighth, tenth and twelfth layer of e5-small-v2. The last is an output already, and may be named again. */
        private static final List<String> LAYERS = List.of(
                "/encoder/layer.7/output/LayerNorm/Add_1_output_0",
                "/encoder/layer.9/output/LayerNorm/Add_1_output_0",
                "last_hidden_state");

        /** The {@link SentenceEncoder#identity(Parts)} of these parts, known beforehand: to hash 130 MB takes seconds of every night. */
        static final String IDENTITY = "4bac948f94f5bfed47c33b29ed2a085209116e12673837cf23d7c53e77218a81";

        static final SentenceEncoder ENCODER = open(parts(), IDENTITY);

        static Parts parts() {
            return new Parts(resource("/e5-small-v2.onnx"), resource("/e5-small-v2-tokenizer.json"), "query: ", LAYERS);
        }

        private static byte[] resource(String name) {
            try (InputStream in = SentenceEncoder.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("The class path has no " + name);
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The encoder that comes with the program, e5-small-v2: vectors of 3 × 384 numbers, for English. */
    public static SentenceEncoder shipped() {
        return Shipped.ENCODER;
    }

    /**
     * An encoder of one's own, opened once a process.
     *
     * @param name  what tells it from others
     * @param parts asked for if none of that name is open
     * @throws IllegalArgumentException if the parts are no such model
     */
    public static SentenceEncoder of(String name, Supplier<Parts> parts) {
        return OPENED.computeIfAbsent(name, first -> open(parts.get()));
    }

    /** @throws IllegalArgumentException if the parts are no such model */
    static SentenceEncoder open(Parts parts) {
        return open(parts, identity(parts));
    }

    private static SentenceEncoder open(Parts parts, String identity) {
        try {
            return new SentenceEncoder(parts, identity);
        } catch (OrtException | IOException e) {
            throw new IllegalArgumentException("The encoder cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** What tells it from other encoders: SHA-256 of its parts. What was learned from one says nothing about another. */
    public String identity() {
        return identity;
    }

    /** The vectors of texts, one a text, all of one width; of the empty text too. */
    public float[][] encode(List<String> texts) {
        long[][] tokens = texts.stream().map(this::tokens).toArray(long[][]::new);
        Integer[] order = IntStream.range(0, tokens.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingInt(i -> tokens[i].length));
        List<Integer[]> batches = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && (to + 1 - from) * tokens[order[to]].length <= BATCH_TOKENS) {
                to++;
            }
            batches.add(Arrays.copyOfRange(order, from, to));
            from = to;
        }
        float[][] vectors = new float[tokens.length][];
        batches.parallelStream().forEach(batch -> encode(tokens, batch, vectors));
        return vectors;
    }

    private long[] tokens(String text) {
        String all = prefix + ends(text);
        long[] tokens = tokenizer.encode(all).getIds();
        if (tokens.length <= MOST_TOKENS) {
            return tokens;
        }
        long[] kept = Arrays.copyOf(tokens, MOST_TOKENS);
        int half = MOST_TOKENS / 2;
        System.arraycopy(tokens, tokens.length - half, kept, half, half);
        return kept;
    }

    /** A text, or of a huge one its beginning and its end. */
    static String ends(String text) {
        return text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, MOST_CHARACTERS / 2) + " " + text.substring(text.length() - MOST_CHARACTERS / 2);
    }

    private void encode(long[][] tokens, Integer[] places, float[][] vectors) {
        int length = tokens[places[places.length - 1]].length;
        long[] ids = new long[places.length * length];
        long[] mask = new long[ids.length];
        for (int i = 0; i < places.length; i++) {
            long[] of = tokens[places[i]];
            System.arraycopy(of, 0, ids, i * length, of.length);
            Arrays.fill(mask, i * length, i * length + of.length, 1);
        }
        long[] shape = {places.length, length};
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
            inputs.put(IDS, OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape));
            inputs.put(MASK, OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape));
            if (session.getInputNames().contains(TYPES)) {
                inputs.put(TYPES, OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                for (int l = 0; l < layers.size(); l++) {
                    OnnxTensor layer = (OnnxTensor) result.get(layers.get(l)).orElseThrow();
                    pool(layer, l, length, tokens, places, vectors);
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException("The encoder failed: " + e.getMessage(), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /** Puts the mean over a text's own tokens into the part of its vector that is layer {@code l}'s. */
    private void pool(OnnxTensor layer, int l, int length, long[][] tokens, Integer[] places, float[][] vectors) {
        int width = (int) layer.getInfo().getShape()[2];
        FloatBuffer values = layer.getFloatBuffer();
        float[] row = new float[width];
        for (int i = 0; i < places.length; i++) {
            int count = tokens[places[i]].length;
            double[] sums = new double[width];
            for (int t = 0; t < count; t++) {
                values.get((i * length + t) * width, row);
                for (int j = 0; j < width; j++) {
                    sums[j] += row[j];
                }
            }
            if (vectors[places[i]] == null) {
                vectors[places[i]] = new float[width * layers.size()];
            }
            for (int j = 0; j < width; j++) {
                vectors[places[i]][l * width + j] = (float) (sums[j] / count);
            }
        }
    }

    /** The parts of the {@linkplain #shipped shipped} encoder. */
    static Parts shippedParts() {
        return Shipped.parts();
    }

    /** What tells these parts from others. */
    static String identity(Parts parts) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(parts.model());
        digest.update(parts.tokenizer());
        digest.update((parts.prefix() + parts.layers()).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }
}
