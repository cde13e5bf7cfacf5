package io.millrace.models.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes values inside an ONNX model its outputs as well.
 *
 * <p>A model is a protocol buffer, and one that is continued is merged with its continuation: fields that repeat are joined (Protocol Buffers,
 * "Encoding", last one wins). So further outputs are a few bytes behind the model, and nothing of it has to be understood.
 */
final class OnnxGraph {

    /** {@code ModelProto.graph}, {@code GraphProto.output} and {@code ValueInfoProto.name} of onnx.proto. */
    private static final int GRAPH = 7;

    private static final int OUTPUT = 12;
    private static final int NAME = 1;

    private OnnxGraph() {}

    /** The model with these values as further outputs, behind its own. Their types are found by whoever loads it. */
    static byte[] withOutputs(byte[] model, List<String> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(model.length + 128 * values.size());
        out.writeBytes(model);
        for (String value : values) {
            out.writeBytes(field(GRAPH, field(OUTPUT, field(NAME, value.getBytes(StandardCharsets.UTF_8)))));
        }
        return out.toByteArray();
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 8);
        varint(out, number << 3 | 2);
        varint(out, content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
