package io.millrace.nightly.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The objects of a JSON-lines file, one a line. Nested values are kept as their JSON. */
final class JsonRows implements Iterator<DeliveredRow> {

    /** Of two values under one name one would be lost; nested numbers keep their digits. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private final BufferedReader reader;
    /** Names of the fields, folded. */
    private final String[] header;

    private long line;
    private String nextLine;

    /** @param header field names, in the order in which values are given */
    JsonRows(Reader reader, String[] header) {
        this.reader = new BufferedReader(reader);
        this.header = Arrays.stream(header).map(JsonRows::folded).toArray(String[]::new);
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
            Map<String, String> fields = fields(text, null);
            if (fields != null) {
                fields.keySet().forEach(name -> names.putIfAbsent(folded(name), name));
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
        Set<String> numbers = new HashSet<>();
        Map<String, String> fields = fields(text, numbers);
        if (fields == null) {
            return new DeliveredRow(at, null, text);
        }
        Map<String, String> folded = new HashMap<>();
        fields.forEach((name, value) -> folded.put(folded(name), value));
        if (folded.size() < fields.size()) {
            return new DeliveredRow(at, null, text);
        }
        BitSet isNumber = new BitSet(header.length);
        for (int i = 0; i < header.length; i++) {
            isNumber.set(i, numbers.contains(header[i]));
        }
        return new DeliveredRow(at, Arrays.stream(header).map(folded::get).toArray(String[]::new), null, isNumber);
    }

    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /**
     * Name → value as it is written, null for null; null if the line is no object, or has more behind it.
     *
     * @param numbers takes the folded names of the numbers, or null
     */
    private static Map<String, String> fields(String text, Set<String> numbers) {
        try (JsonParser parser = JSON.createParser(withoutMark(text))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, String> fields = new LinkedHashMap<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (numbers != null && value.isNumeric()) {
                    numbers.add(folded(name));
                }
                fields.put(
                        name,
                        value == JsonToken.VALUE_NULL
                                ? null
                                : value.isStructStart() ? JSON.readTree(parser).toString() : parser.getText());
            }
            return parser.nextToken() == null ? fields : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
