package io.millrace.contracts;

import java.util.regex.Pattern;

/** Names that come from outside and end in SQL or in a path: checked here, so that nothing else ever gets through. */
public final class Identifiers {

    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    private Identifiers() {}

    /** True for a letter or underscore followed by letters, digits and underscores, 63 at the most. */
    public static boolean isSimple(String name) {
        return name != null && SIMPLE.matcher(name).matches();
    }

    /** {@code name} itself. @throws Failure of kind CONFIGURATION if it is not a simple identifier */
    public static String simple(String what, String name) {
        if (!isSimple(name)) {
            throw Failure.configuration(
                    "%s '%s' is not an identifier: letters, digits and _ only, 63 at the most, no digit first"
                            .formatted(what, name));
        }
        return name;
    }

    /** {@code name} itself, for a folder such as a source system's. @throws Failure of kind CONFIGURATION */
    public static String folder(String what, String name) {
        if (name == null || !FOLDER.matcher(name).matches()) {
            throw Failure.configuration(
                    "%s '%s' is not a name: letters, digits, _ and - only, 63 at the most".formatted(what, name));
        }
        return name;
    }
}
