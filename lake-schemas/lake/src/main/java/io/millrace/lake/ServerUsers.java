package io.millrace.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.security.sasl.AuthenticationException;
import org.apache.hive.service.auth.PasswdAuthenticationProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask the lake over JDBC and ODBC: a file with a line {@code name:iterations:salt:hash} for each, where the hash is PBKDF2 with HMAC and
 * SHA-256 (RFC 8018) of the password. The file is read at each connection, so a line that is added or taken away counts at once. Hive makes an
 * object of this class for each connection.
 */
public final class ServerUsers implements PasswdAuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(ServerUsers.class);

    private static final String FILE = "millrace.sql-server.users";

    private static final int ITERATIONS = 210_000;
    private static final int BYTES = 32;
    private static final String BASE_64 = "((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)";
    private static final Pattern LINE = Pattern.compile("[^:]+:([1-9]\\d{0,8}):" + BASE_64 + ":" + BASE_64);
    private static final String NAME = "[A-Za-z0-9._@-]{1,64}";

    /** From now on a Hive server in this JVM asks this file. Hive looks for the class in a configuration that only the JVM's properties reach. */
    static void ask(Path file) {
        System.setProperty("hive.server2.custom.authentication.class", ServerUsers.class.getName());
        System.setProperty(FILE, file.toString());
    }

    @Override
    public void Authenticate(String user, String password) throws AuthenticationException {
        if (!isKnown(Path.of(System.getProperty(FILE)), user, password)) {
            LOG.warn("a connection with a wrong user or password was refused");
            throw new AuthenticationException("wrong user or password");
        }
    }

    /**
     * The line of a user.
     *
     * @param name     letters, digits, {@code . _ @ -}, 64 at the most
     * @param password not empty
     * @throws IllegalArgumentException if the name or the password does not do
     */
    public static String line(String name, String password) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "a user's name is letters, digits and . _ @ -, 64 at the most, and not '%s'".formatted(name));
        }
        if (password == null || password.isEmpty()) {
            throw new IllegalArgumentException("the password of " + name + " is empty");
        }
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder text = Base64.getEncoder();
        return "%s:%d:%s:%s"
                .formatted(
                        name,
                        ITERATIONS,
                        text.encodeToString(salt),
                        text.encodeToString(hash(password, salt, ITERATIONS)));
    }

    /** @throws AuthenticationException if the file cannot be read, or the user's line is not one that {@link #line} made */
    static boolean isKnown(Path file, String user, String password) throws AuthenticationException {
        String line;
        try {
            line = Files.readAllLines(file).stream()
                    .filter(l -> user != null && l.startsWith(user + ":"))
                    .findFirst()
                    // Who is not known takes as long as who is.
                    .orElse("nobody:" + ITERATIONS + "::");
        } catch (IOException e) {
            throw new AuthenticationException("the file of users cannot be read", e);
        }
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new AuthenticationException("the line of %s in the file of users is damaged".formatted(user));
        }
        Base64.Decoder text = Base64.getDecoder();
        byte[] salt = parts.group(2).isEmpty() ? new byte[16] : text.decode(parts.group(2));
        byte[] hash = hash(password == null ? "" : password, salt, Integer.parseInt(parts.group(1)));
        return MessageDigest.isEqual(text.decode(parts.group(3)), hash);
    }

    private static byte[] hash(String password, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, BYTES * 8))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2", e);
        }
    }
}
