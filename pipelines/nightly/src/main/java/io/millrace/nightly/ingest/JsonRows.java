package io.millrace.nightly.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The objects of a JSON-lines file, one a line. Nested values are kept as their JSON. */
final class JsonRows implements Iterator<DeliveredRow> {

    /** What stands behind the object on its line would be lost without a word. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Through a double 12345678901234567.25 would be another number.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            // Of two values under one name one would be lost.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final BufferedReader reader;
    private final String[] header;
    private long line;
    private String nextLine;

    /** @param header field names, in the order in which values are given */
    JsonRows(Reader reader, String[] header) {
        this.reader = new BufferedReader(reader);
        this.header = header;
        advance();
    }

    /**
     * Every field name of the file, in order of appearance and in the case in which it appears first. A line that is no object names none;
     * null for a file that is one array, as it has no line that could be taken for a row.
     */
    static Set<String> names(Reader reader) throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        BufferedReader lines = new BufferedReader(reader);
        boolean first = true;
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            if (first && withoutMark(text).stripLeading().startsWith("[")) {
                return null;
            }
            first &= text.isBlank();
            JsonNode node = object(text);
            if (node != null) {
                node.fieldNames().forEachRemaining(name -> names.putIfAbsent(folded(name), name));
            }
        }
        return new LinkedHashSet<>(names.values());
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private void advance() {
        try {
            do {
                nextLine = reader.readLine();
                line++;
            } while (nextLine != null && nextLine.isBlank());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasNext() {
        return nextLine != null;
    }

    @Override
    public DeliveredRow next() {
        if (nextLine == null) {
            throw new NoSuchElementException();
        }
        DeliveredRow row = row(line, nextLine);
        advance();
        return row;
    }

    private DeliveredRow row(long at, String text) {
        JsonNode node = object(text);
        if (node == null) {
            return new DeliveredRow(at, null, text);
        }
        Map<String, JsonNode> fields = new HashMap<>();
        boolean isTwice = false;
        for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> field = it.next();
            isTwice |= fields.put(folded(field.getKey()), field.getValue()) != null;
        }
        if (isTwice) {
            return new DeliveredRow(at, null, text);
        }
        String[] values = new String[header.length];
        for (int i = 0; i < header.length; i++) {
            values[i] = text(fields.get(folded(header[i])));
        }
        return new DeliveredRow(at, values, null);
    }

    private static String text(JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isContainerNode()
                ? value.toString()
                : value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(withoutMark(text));
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
