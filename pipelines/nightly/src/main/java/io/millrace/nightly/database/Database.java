package io.millrace.nightly.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.Secret;
import java.io.Serializable;
import java.net.URLDecoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * How to reach a database.
 *
 * @param url      JDBC address without credentials. {@code embedded:FOLDER} is the PostgreSQL of the demo, which the
 *                 launcher starts and stops
 * @param user     who connects
 * @param password a reference to the secret, or null if the database asks for none
 */
public record Database(
        String url, @Optional String user, @Optional Secret password) implements Serializable {

    private static final String EMBEDDED = "embedded:";

    /** A setting of any driver that holds a secret, wherever its address has settings. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)[?&;:,(]\\s*[\\w.]*(password|passwd|passphrase|pwd|secret|token|apikey|accesskey)[\\w.]*\\s*=");

    /** {@code //user:secret@host} of most drivers, and {@code thin:user/secret@host} of Oracle's. */
    private static final Pattern USER =
            Pattern.compile("(?i)^jdbc:(?:[^?;]*?//[^/?;]*@|oracle:[a-z0-9]+:[^@(/]+(?:/[^@]*)?@)");

    /** To reach a server, and to wait for a word of it: each driver has names and units of its own. */
    private static final Map<String, Map<String, String>> LIMITS = Map.of(
            "jdbc:postgresql:", Map.of("loginTimeout", "10", "connectTimeout", "10", "socketTimeout", "600"),
            "jdbc:mariadb:", Map.of("connectTimeout", "10000", "socketTimeout", "600000"),
            "jdbc:mysql:", Map.of("connectTimeout", "10000", "socketTimeout", "600000"),
            "jdbc:sqlserver:", Map.of("loginTimeout", "10", "socketTimeout", "600000"),
            "jdbc:sap:", Map.of("connectTimeout", "10000", "communicationTimeout", "600000"),
            "jdbc:oracle:", Map.of("oracle.net.CONNECT_TIMEOUT", "10000", "oracle.jdbc.ReadTimeout", "600000"));

    public Database {
        String read = URLDecoder.decode(url.replace("%", "%25").replaceAll("%25(?=[0-9a-fA-F]{2})", "%"), UTF_8);
        if (SECRET.matcher(read).find() || USER.matcher(read).find()) {
            throw new IllegalArgumentException("url carries a user or a secret: write them as user: NAME and"
                    + " password: ${env:NAME} or ${file:PATH}, so that the address can be shown");
        }
        if (!url.startsWith("jdbc:") && !url.startsWith(EMBEDDED)) {
            throw new IllegalArgumentException("url must start with jdbc: or " + EMBEDDED);
        }
    }

    /** The folder of the embedded PostgreSQL that this names, or null for a database of its own. */
    public String embeddedFolder() {
        return url.startsWith(EMBEDDED) ? url.substring(EMBEDDED.length()) : null;
    }

    /** The same credentials at another address. */
    public Database at(String otherUrl) {
        return new Database(otherUrl, user, password);
    }

    /**
     * A connection, within ten seconds where the driver lets that be said. It breaks where the database then says nothing for ten
     * minutes, so that nobody waits for a server that is gone; an address may say otherwise, as in {@code ?socketTimeout=0}.
     */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        LIMITS.forEach((driver, limits) -> {
            if (url.startsWith(driver)) {
                properties.putAll(limits);
            }
        });
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password.reveal());
        }
        return DriverManager.getConnection(url, properties);
    }
}
