package io.millrace.contracts;

import java.io.IOException;
import java.io.ObjectStreamException;

/**
 * A failure whose cause lies outside Millrace's own code, with the class of cause that decides the exit code.
 * Anything else that is thrown is a bug and exits with 1.
 */
public final class Failure extends RuntimeException {

    /** Classes of cause. The codes are part of the public contract. */
    public enum Kind {
        /** The command line asks for something that does not exist. */
        USAGE(2),
        /** The configuration, a contract or a mapping is not acceptable. */
        CONFIGURATION(3),
        /** Delivered data did not pass a gate; nothing was published. */
        DATA(4),
        /** A system outside cannot be reached; trying again may help. */
        OUTSIDE(5),
        /** Another run holds the lake. */
        LOCKED(6);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of the process, 2 to 6. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    private Failure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static Failure usage(String message) {
        return new Failure(Kind.USAGE, message, null);
    }

    public static Failure configuration(String message) {
        return new Failure(Kind.CONFIGURATION, message, null);
    }

    public static Failure configuration(String message, Throwable cause) {
        return new Failure(Kind.CONFIGURATION, message, cause);
    }

    public static Failure data(String message) {
        return new Failure(Kind.DATA, message, null);
    }

    public static Failure outside(String message, Throwable cause) {
        return new Failure(Kind.OUTSIDE, message, cause);
    }

    public static Failure locked(String message) {
        return new Failure(Kind.LOCKED, message, null);
    }

    /** This failure with another's words behind its own; the kind, and so the exit code, stays that of the first. */
    public Failure and(Failure next) {
        Failure both = new Failure(kind, getMessage() + "\n" + next.getMessage(), this);
        both.addSuppressed(next);
        return both;
    }

    /**
     * The first failure among {@code e} and its causes; of kind OUTSIDE if a file or a stream failed, as on a full disk. Null where it
     * is neither: then it is a bug.
     */
    public static Failure within(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) {
                return failure;
            }
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // What cannot be serialized is a bug of whoever sends it.
            if (cause instanceof IOException && !(cause instanceof ObjectStreamException)) {
                String said =
                        String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
                return outside("%s: %s".formatted(cause.getClass().getSimpleName(), said), e);
            }
        }
        return null;
    }

    /** What went wrong in one line, for a table or a log: of a failure all that it says, of a bug the first line, without its trace. */
    public static String sentence(Throwable e) {
        Failure failure = within(e);
        if (failure != null) {
            return String.valueOf(failure.getMessage())
                    .strip()
                    .replaceAll(":\\s*\\R[\\s-]*", ": ")
                    .replaceAll("\\s*\\R[\\s-]*", "; ");
        }
        String said = e.getMessage() == null ? "" : e.getMessage().strip();
        return said.isEmpty()
                ? e.getClass().getSimpleName()
                : said.lines().findFirst().orElseThrow();
    }

    public Kind kind() {
        return kind;
    }
}
