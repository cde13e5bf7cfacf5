package io.millrace.models.churn;

import io.millrace.models.metrics.PlattCalibration;
import io.millrace.models.regression.LinearTerms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A churn model in one file: {@code MLRCHURN}, the version of the format, features, base rate, calibration, and its
 * members, each behind its weight and a letter for its kind. Numbers are big-endian, text is Java's modified UTF-8, and a list starts
 * with its length. Trees are in XGBoost's own UBJSON, which later versions of XGBoost read.
 *
 * <p>In version 1 members counted alike and features had straight lines: there were no weights, knots and products.
 */
final class ChurnModelFormat {

    private static final String MAGIC = "MLRCHURN";
    private static final int VERSION = 2;

    /** The first one, without weights, knots and products. */
    private static final int UNWEIGHTED = 1;

    private static final char LINEAR = 'L';
    private static final char TREES = 'T';

    private ChurnModelFormat() {}

    static byte[] write(ChurnModel model) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBytes(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(model.features().size());
            for (String feature : model.features()) {
                out.writeUTF(feature);
            }
            out.writeDouble(model.baseRate());
            write(out, model.blend().calibration().parameters());
            out.writeInt(model.members().size());
            for (int m = 0; m < model.members().size(); m++) {
                out.writeDouble(model.blend().weights().get(m));
                write(out, model.members().get(m));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Margin member) throws IOException {
        if (member instanceof LogisticRegression logistic) {
            out.writeChar(LINEAR);
            Terms terms = logistic.terms();
            LinearTerms lines = terms.lines();
            out.writeInt(lines.logged().length);
            for (boolean logged : lines.logged()) {
                out.writeBoolean(logged);
            }
            write(out, lines.medians());
            for (double[] knots : lines.knots()) {
                write(out, knots);
            }
            write(out, lines.means());
            write(out, lines.deviations());
            write(out, terms.first());
            write(out, terms.second());
            write(out, terms.means());
            write(out, terms.deviations());
            write(out, logistic.coefficients());
            out.writeDouble(logistic.intercept());
        } else if (member instanceof BoostedTrees trees) {
            out.writeChar(TREES);
            out.writeInt(trees.bytes().length);
            out.write(trees.bytes());
        }
    }

    private static void write(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static ChurnModel read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = version(in);
            List<String> features = new ArrayList<>();
            for (int left = length(in); left > 0; left--) {
                features.add(in.readUTF());
            }
            double baseRate = in.readDouble();
            PlattCalibration calibration = PlattCalibration.ofParameters(doubles(in));
            List<Margin> members = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            int count = length(in);
            for (int m = 0; m < count; m++) {
                weights.add(version == UNWEIGHTED ? 1.0 / count : in.readDouble());
                members.add(member(in, version));
            }
            if (in.available() > 0) {
                throw unreadable(in.available() + " bytes follow the last member", null);
            }
            return new ChurnModel(features, members, new Blend(weights, calibration), baseRate);
        } catch (IOException e) {
            throw unreadable("they end in the middle", e);
        }
    }

    private static int version(DataInputStream in) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length());
        if (!MAGIC.equals(new String(magic, java.nio.charset.StandardCharsets.US_ASCII))) {
            throw unreadable("they do not start with " + MAGIC, null);
        }
        int version = in.readInt();
        if (version < UNWEIGHTED || version > VERSION) {
            throw unreadable(
                    "their format has version %d and this Millrace reads versions 1 to %d".formatted(version, VERSION),
                    null);
        }
        return version;
    }

    private static Margin member(DataInputStream in, int version) throws IOException {
        char kind = in.readChar();
        return switch (kind) {
            case LINEAR -> linear(in, version);
            case TREES -> new BoostedTrees(in.readNBytes(length(in)));
            default -> throw unreadable("there is no kind of member '" + kind + "'", null);
        };
    }

    private static LogisticRegression linear(DataInputStream in, int version) throws IOException {
        boolean[] logged = new boolean[length(in)];
        for (int i = 0; i < logged.length; i++) {
            logged[i] = in.readBoolean();
        }
        double[] medians = doubles(in);
        double[][] knots = new double[medians.length][];
        for (int j = 0; j < knots.length; j++) {
            knots[j] = version == UNWEIGHTED ? new double[0] : doubles(in);
        }
        LinearTerms lines = new LinearTerms(logged, medians, knots, doubles(in), doubles(in));
        Terms terms = version == UNWEIGHTED
                ? Terms.of(lines)
                : new Terms(lines, ints(in), ints(in), doubles(in), doubles(in));
        return new LogisticRegression(terms, doubles(in), in.readDouble());
    }

    private static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[length(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static int[] ints(DataInputStream in) throws IOException {
        int[] values = new int[length(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
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
        return new IllegalArgumentException("These bytes are no churn model: " + why, cause);
    }
}
