package io.millrace.nightly.settings;

import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.Secret;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * How to reach a database.
 *
 * @param url      JDBC address without credentials. {@code embedded:FOLDER} is the PostgreSQL of the demo, which the
 *                 launcher starts and stops
 * @param user     who connects
 * @param password a reference to the secret, or null where the database asks for none
 */
public record Database(
        String url, @Optional String user, @Optional Secret password) implements Serializable {

    private static final String EMBEDDED = "embedded:";

    public Database {
        if (url.matches(".*[?&;]password=.*")) {
            throw new IllegalArgumentException(
                    "url carries a password: write it as password: ${env:NAME} or ${file:PATH}");
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

    /** A connection. @throws Failure of kind OUTSIDE where the database does not answer; the secret is never part of it */
    public Connection connect() {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password.reveal());
        }
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw Failure.outside("Cannot connect to %s as %s: %s".formatted(url, user, e.getMessage()), e);
        }
    }
}
