package io.millrace.contracts.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Binds YAML to records. A component {@code leadTime} is the key {@code lead-time}. Unknown keys, wrong types and
 * missing keys are noted in {@link Problems}; a component that may be missing carries {@link Optional}.
 */
public final class Records {

    /** Marks a component that may be missing: it is then null, an empty list or an empty map, or the given text. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Optional {
        /** What stands in for a missing key, written as in YAML. */
        String value() default "";
    }

    private static final Object FAILED = new Object();

    private final Problems problems;
    private boolean isWhole = true;

    private Records(Problems problems) {
        this.problems = problems;
    }

    /**
     * What could be read of a record.
     *
     * @param bound   the record. What could not be read is as if it were missing: null, or left out of a list; the keys of a map stay, with null.
     *                Null if too little of it could be read
     * @param isWhole whether all of it could be read
     */
    public record Read<T>(T bound, boolean isWhole) {}

    /** The record that {@code node} describes, or null if part of it could not be read, which is noted. */
    public static <T extends Record> T bind(YamlNode node, Class<T> type, Problems problems) {
        Read<T> read = read(node, type, problems);
        return read.isWhole() ? read.bound() : null;
    }

    /** What can be read of the record that {@code node} describes, so that the rest can be looked at although some of it is wrong. */
    public static <T extends Record> Read<T> read(YamlNode node, Class<T> type, Problems problems) {
        Records records = new Records(problems);
        Object bound = records.value(node, type, "");
        return new Read<>(bound == FAILED ? null : type.cast(bound), records.isWhole);
    }

    private Object value(YamlNode node, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == List.class ? list(node, element, path) : map(node, element, path);
        }
        Class<?> raw = (Class<?>) type;
        return raw.isRecord() && raw != Secret.class ? record(node, raw, path) : scalar(node, raw, path);
    }

    private Object list(YamlNode node, Type element, String path) {
        List<YamlNode> items = node instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node);
        List<Object> bound = new ArrayList<>();
        for (YamlNode item : items) {
            Object one = value(item, element, path);
            if (one != FAILED) {
                bound.add(one);
            }
        }
        return List.copyOf(bound);
    }

    private Object map(YamlNode node, Type element, String path) {
        if (node instanceof YamlNode.Scalar scalar && scalar.text() == null) {
            return Map.of();
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return problem(node, path, "a mapping is expected");
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            Object one = value(entry, element, join(path, key));
            bound.put(key, one == FAILED ? null : one);
        });
        return java.util.Collections.unmodifiableMap(bound);
    }

    private Object record(YamlNode node, Class<?> type, String path) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return problem(node, path, "a mapping is expected");
        }
        RecordComponent[] components = type.getRecordComponents();
        List<String> known =
                Arrays.stream(components).map(c -> key(c.getName())).toList();
        mapping.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                problems.add(value.where(), "unknown key '" + join(path, key) + "'" + Problems.didYouMean(key, known));
            }
        });
        Object[] arguments = new Object[components.length];
        boolean failed = false;
        for (int i = 0; i < components.length; i++) {
            arguments[i] = component(mapping, components[i], path);
            if (arguments[i] == FAILED) {
                failed = true;
                arguments[i] = missing(components[i]);
                if (arguments[i] == null && components[i].getType().isPrimitive()) {
                    // A number that could not be read has no null.
                    return FAILED;
                }
            }
        }
        return construct(failed ? null : node, type, components, arguments, path);
    }

    private Object component(YamlNode.Mapping mapping, RecordComponent component, String path) {
        String key = key(component.getName());
        YamlNode node = mapping.entries().get(key);
        Optional optional = component.getAnnotation(Optional.class);
        boolean absent = node == null || (node instanceof YamlNode.Scalar scalar && scalar.text() == null);
        if (!absent) {
            return value(node, component.getGenericType(), join(path, key));
        }
        if (optional == null) {
            return problem(node == null ? mapping : node, join(path, key), "is missing");
        }
        return missing(component);
    }

    private Object missing(RecordComponent component) {
        Optional optional = component.getAnnotation(Optional.class);
        if (optional != null && !optional.value().isEmpty()) {
            return value(new YamlNode.Scalar("", optional.value()), component.getGenericType(), "");
        }
        Class<?> type = component.getType();
        return type == List.class ? List.of() : type == Map.class ? Map.of() : type == boolean.class ? false : null;
    }

    /** @param node null if a part is missing: then what the record says of the rest is no news */
    private Object construct(
            YamlNode node, Class<?> type, RecordComponent[] components, Object[] arguments, String path) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            return node == null ? FAILED : problem(node, path, e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot build " + type, e);
        }
    }

    private Object scalar(YamlNode node, Class<?> type, String path) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.text() == null) {
            return problem(node, path, "one value is expected");
        }
        try {
            return convert(scalar.text(), type);
        } catch (RuntimeException e) {
            String shown = type == Secret.class ? e.getMessage() : "'" + scalar.text() + "' is not " + expected(type);
            return problem(node, path, shown);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object convert(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        } else if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text.replace("_", ""));
        } else if (type == long.class || type == Long.class) {
            return Long.valueOf(text.replace("_", ""));
        } else if (type == double.class || type == Double.class) {
            return Double.valueOf(text);
        } else if (type == boolean.class || type == Boolean.class) {
            return bool(text);
        } else if (type == BigDecimal.class) {
            return new BigDecimal(text);
        } else if (type == Duration.class) {
            return duration(text);
        } else if (type == LocalDate.class) {
            return LocalDate.parse(text);
        } else if (type == LocalTime.class) {
            return LocalTime.parse(text);
        } else if (type == ZoneId.class) {
            return ZoneId.of(text);
        } else if (type == Locale.class) {
            return locale(text);
        } else if (type == Currency.class) {
            return Currency.getInstance(text);
        } else if (type == Path.class) {
            return Path.of(text);
        } else if (type == Secret.class) {
            return new Secret(text);
        } else if (type.isEnum()) {
            return Enum.valueOf((Class) type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        throw new IllegalStateException("No YAML form for " + type);
    }

    /** One whose numbers and dates are known; what is well formed and names no language would quietly be English. */
    private static Locale locale(String tag) {
        Locale locale = new Locale.Builder().setLanguageTag(tag).build();
        if (locale.getLanguage().isEmpty()
                || Arrays.stream(Locale.getAvailableLocales()).noneMatch(locale::equals)) {
            throw new IllegalArgumentException(tag);
        }
        return locale;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Duration duration(String text) {
        long amount = Long.parseLong(text.substring(0, text.length() - 1).strip());
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            case 'd' -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(Records::word)
                                    .toList());
        }
        return switch (type.getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "a whole number";
            case "double", "BigDecimal", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "a duration such as 30s, 5m, 12h or 7d";
            case "LocalDate" -> "a date such as 2026-01-31";
            case "LocalTime" -> "a time of day such as 06:30";
            case "ZoneId" -> "a time zone such as Europe/Berlin";
            case "Locale" -> "a language such as en or de-AT";
            case "Currency" -> "a currency such as EUR";
            default -> "acceptable";
        };
    }

    private Object problem(YamlNode node, String path, String message) {
        isWhole = false;
        problems.add(node.where(), (path.isEmpty() ? "" : path + ": ") + message);
        return FAILED;
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A constant as it is written. */
    static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code leadTime} → {@code lead-time}. */
    static String key(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
