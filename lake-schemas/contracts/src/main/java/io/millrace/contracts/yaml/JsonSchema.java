package io.millrace.contracts.yaml;

import io.millrace.contracts.yaml.Records.Optional;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link Records} binds to a record, as a JSON schema (draft 7) by which editors complete and check YAML. It is made of the same declarations, so it
 * knows every key that the reader knows and no other; what a record's own constructor refuses, and what goes beyond one file, is the reader's to tell.
 */
public final class JsonSchema {

    private static final List<Class<?>> WHOLE = List.of(int.class, Integer.class, long.class, Long.class);
    private static final List<Class<?>> NUMBERS = List.of(double.class, Double.class, BigDecimal.class);

    private final boolean isPart;

    private JsonSchema(boolean isPart) {
        this.isPart = isPart;
    }

    /**
     * The schema of a whole file.
     *
     * @param title what the file is
     */
    public static Map<String, Object> of(Class<? extends Record> type, String title) {
        return of(type, title, false);
    }

    /** The schema of a file that is laid over another one, so that every key may be missing. */
    public static Map<String, Object> ofOverlay(Class<? extends Record> type, String title) {
        return of(type, title, true);
    }

    private static Map<String, Object> of(Class<? extends Record> type, String title, boolean isPart) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", title);
        schema.putAll(new JsonSchema(isPart).record(type));
        return schema;
    }

    private Map<String, Object> value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            Map<String, Object> one = value(element);
            return generic.getRawType() == List.class
                    ? ordered("anyOf", List.of(one, ordered("type", "array", "items", one)))
                    : ordered("type", List.of("object", "null"), "additionalProperties", one);
        }
        Class<?> raw = (Class<?>) type;
        return raw.isRecord() && raw != Secret.class ? record(raw) : scalar(raw);
    }

    private Map<String, Object> record(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Optional optional = component.getAnnotation(Optional.class);
            Map<String, Object> value = value(component.getGenericType());
            if (optional != null || isPart) {
                value = orNothing(value);
            } else {
                required.add(Records.key(component.getName()));
            }
            if (optional != null && !optional.value().isEmpty()) {
                value.put("description", "Default: " + optional.value());
            }
            properties.put(Records.key(component.getName()), value);
        }
        Map<String, Object> schema = ordered("type", "object", "properties", properties, "additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    /** A text may be written as a number or a word of YAML's own: it is text as it is written. */
    private static Map<String, Object> scalar(Class<?> type) {
        if (WHOLE.contains(type)) {
            return ordered("type", "integer");
        } else if (NUMBERS.contains(type)) {
            return ordered("type", "number");
        } else if (type == boolean.class || type == Boolean.class) {
            return ordered("type", "boolean");
        } else if (type.isEnum()) {
            return ordered(
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(Records::word).toList());
        }
        String pattern = type == Duration.class
                ? "^[0-9]+ *[smhd]$"
                : type == LocalDate.class
                        ? "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
                        : type == LocalTime.class
                                ? "^[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"
                                : type == Secret.class ? Secret.PATTERN : null;
        return pattern == null
                ? ordered("type", List.of("string", "number", "boolean"))
                : ordered("type", "string", "pattern", pattern);
    }

    private static Map<String, Object> orNothing(Map<String, Object> schema) {
        return ordered("anyOf", List.of(schema, ordered("type", "null")));
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
