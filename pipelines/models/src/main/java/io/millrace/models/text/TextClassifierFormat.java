package io.millrace.models.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier of texts in one file: {@code MLRTEXTS}, the version of the format, classes, the encoder's identity, means and scales, the regression on
 * vectors, the terms in the order of their columns with their rarity, the regression on words, powers and offsets. Numbers are big-endian, a list
 * starts with its length, text is UTF-8 behind its length in bytes.
 */
final class TextClassifierFormat {

    private static final String MAGIC = "MLRTEXTS";
    private static final int VERSION = 1;

    private TextClassifierFormat() {}

    static byte[] write(TextClassifier classifier) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBytes(MAGIC);
            out.writeInt(VERSION);
            write(out, classifier.classes());
            write(out, classifier.encoder());
            write(out, classifier.scale().means());
            write(out, classifier.scale().scales());
            write(out, classifier.vectors().weights());
            write(out, inOrder(classifier.terms().terms()));
            write(out, classifier.terms().rarity());
            write(out, classifier.words().weights());
            write(out, classifier.stacking().powers());
            write(out, classifier.stacking().offsets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<String> inOrder(Map<String, Integer> terms) {
        String[] order = new String[terms.size()];
        terms.forEach((term, column) -> order[column] = term);
        return List.of(order);
    }

    static TextClassifier read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            requireVersion(in);
            List<String> classes = texts(in);
            String encoder = text(in);
            Standardised scale = new Standardised(floats(in), floats(in));
            SoftmaxRegression vectors = new SoftmaxRegression(doubles(in), classes.size(), scale.means().length);
            NGrams terms = terms(texts(in), floats(in));
            SoftmaxRegression words = new SoftmaxRegression(doubles(in), classes.size(), terms.rarity().length);
            Stacking stacking = new Stacking(doubles(in), doubles(in));
            if (in.available() > 0) {
                throw unreadable(in.available() + " bytes follow the last figure", null);
            }
            return new TextClassifier(classes, encoder, scale, vectors, terms, words, stacking);
        } catch (IOException e) {
            throw unreadable("they end in the middle", e);
        }
    }

    private static NGrams terms(List<String> order, float[] rarity) {
        Map<String, Integer> columns = new HashMap<>();
        order.forEach(term -> columns.put(term, columns.size()));
        return new NGrams(columns, rarity);
    }

    private static void requireVersion(DataInputStream in) throws IOException {
        if (!MAGIC.equals(new String(in.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII))) {
            throw unreadable("they do not start with " + MAGIC, null);
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw unreadable(
                    "their format has version %d and this Millrace reads version %d".formatted(version, VERSION), null);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(out, text);
        }
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(length(in)), StandardCharsets.UTF_8);
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = length(in); left > 0; left--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static float[] floats(DataInputStream in) throws IOException {
        float[] values = new float[length(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    private static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[length(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    /** The length of a list, which cannot be more than the bytes that are left. */
    private static int length(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw unreadable("a list of %d is announced and %d bytes are left".formatted(length, in.available()), null);
        }
        return length;
    }

    private static IllegalArgumentException unreadable(String why, IOException cause) {
        return new IllegalArgumentException("These bytes are no classifier of texts: " + why, cause);
    }
}
