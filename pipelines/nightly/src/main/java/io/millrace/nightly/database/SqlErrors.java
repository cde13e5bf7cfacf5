package io.millrace.nightly.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a database says went wrong: whether trying again may help, and a text of all of it without secrets. */
public final class SqlErrors {

    /** A driver quotes whole statements with their values; what is longer than this is cut. */
    private static final int LONGEST = 400;

    /** What is looked at for secrets, so that a message of megabytes costs nothing. */
    private static final int LOOKED_AT = 10 * LONGEST;

    private static final Pattern URL_PARAMETERS = Pattern.compile("(jdbc:[^\\s?;\"']+)[?;][^\\s\"']*");
    private static final Pattern URL_USER = Pattern.compile("(jdbc:[a-z0-9:]*?(?::@?|//))[^\\s/@:]+[:/]\\S*@");
    private static final Pattern SETTING =
            Pattern.compile("(?i)\\b(password|passwd|pwd|passphrase|secret|token|user|username)\\s*=\\s*"
                    + "(\\{[^}]*}|\"[^\"]*\"|'[^']*'|[^&;,\\s)]+)");

    private SqlErrors() {}

    /**
     * True for failures of the connection (SQLSTATE 08; 57P0x: the server stops or starts; 53: it is full), for transactions that
     * lost to another one (40001, 40P01) and for waits that took too long (57014, HYT00, 55P03).
     */
    public static boolean isRecoverable(SQLException error) {
        return chain(error).stream().anyMatch(SqlErrors::isTransient);
    }

    private static boolean isTransient(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P0")
                || Set.of("40001", "40P01", "57014", "55P03", "HYT00").contains(state)
                || error instanceof SQLTransientException
                || error instanceof SQLRecoverableException
                || error instanceof SQLNonTransientConnectionException;
    }

    /** True if a key or another constraint was violated (SQLSTATE 23). */
    public static boolean isConstraint(SQLException error) {
        return chain(error).stream()
                .anyMatch(
                        each -> each.getSQLState() != null && each.getSQLState().startsWith("23"));
    }

    /** Every chained message with its SQLSTATE, each once, masked and cut, in one line. */
    public static String text(SQLException error) {
        List<String> parts = new ArrayList<>();
        for (SQLException each : chain(error)) {
            String part = masked(each.getMessage()).replaceAll("\\s+", " ")
                    + (each.getSQLState() == null ? "" : " [" + each.getSQLState() + "]");
            if (!parts.contains(part)) {
                parts.add(part);
            }
        }
        return String.join("; ", parts);
    }

    /** {@code error}, or where its messages hold secrets or too much, one that says the same without them. */
    static SQLException withoutSecrets(SQLException error) {
        boolean clean =
                messages(error).stream().allMatch(message -> masked(message).equals(message));
        if (clean) {
            return error;
        }
        SQLException copy = new SQLException(text(error), error.getSQLState(), error.getErrorCode());
        copy.setStackTrace(error.getStackTrace());
        return copy;
    }

    /** {@code message} without credentials and no longer than a few lines. */
    public static String masked(String message) {
        String text = message == null ? "no message" : message.strip();
        text = text.substring(0, Math.min(text.length(), LOOKED_AT));
        text = URL_PARAMETERS.matcher(text).replaceAll("$1");
        text = URL_USER.matcher(text).replaceAll("$1***@");
        text = SETTING.matcher(text).replaceAll("$1=***");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** The exception, those chained to it and those that caused them, the outermost first. */
    private static List<SQLException> chain(SQLException error) {
        List<SQLException> found = new ArrayList<>();
        for (Throwable each : reachable(error)) {
            if (each instanceof SQLException sql) {
                found.add(sql);
            }
        }
        return found;
    }

    private static List<String> messages(SQLException error) {
        return reachable(error).stream()
                .map(each -> each.getMessage() == null ? "no message" : each.getMessage())
                .toList();
    }

    private static List<Throwable> reachable(SQLException error) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> found = new ArrayList<>();
        collect(error, seen, found);
        return found;
    }

    private static void collect(Throwable error, Set<Throwable> seen, List<Throwable> found) {
        if (error == null || !seen.add(error)) {
            return;
        }
        found.add(error);
        if (error instanceof SQLException sql) {
            collect(sql.getNextException(), seen, found);
        }
        collect(error.getCause(), seen, found);
        for (Throwable suppressed : error.getSuppressed()) {
            collect(suppressed, seen, found);
        }
    }
}
