package io.millrace.nightly.plan;

import io.millrace.contracts.Resources;

/** Which Millrace this is. */
public final class CodeVersion {

    private static final String VERSION = Resources.text("millrace/version.txt").strip();

    private CodeVersion() {}

    public static String get() {
        return VERSION;
    }
}
