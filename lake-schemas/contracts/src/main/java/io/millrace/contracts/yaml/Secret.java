package io.millrace.contracts.yaml;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A reference to a secret, {@code ${env:NAME}} or {@code ${file:PATH}}. The value is read when it is needed and
 * is never part of a text, a plan or a log.
 */
public record Secret(String reference) implements Serializable {

    static final String PATTERN = "^[$][{](env|file):[^}]+[}]$";

    public Secret {
        if (!isReference(reference)) {
            throw new IllegalArgumentException(
                    "a secret is written as ${env:NAME} or ${file:PATH}, never as the value itself");
        }
    }

    /** True if {@code text} is written as a reference to a secret. */
    public static boolean isReference(String text) {
        return text != null && text.matches(PATTERN);
    }

    /** The value. @throws Failure of kind CONFIGURATION if the variable or the file is missing */
    public String reveal() {
        String name = reference.substring(reference.indexOf(':') + 1, reference.length() - 1);
        if (reference.startsWith("${env:")) {
            String value = System.getenv(name);
            if (value == null) {
                throw Failure.configuration("The environment variable " + name + " that holds a secret is not set");
            }
            return value;
        }
        try {
            return Files.readString(Path.of(name)).strip();
        } catch (IOException e) {
            throw Failure.configuration("The file " + name + " that holds a secret cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    @Override
    public String toString() {
        return reference;
    }
}
