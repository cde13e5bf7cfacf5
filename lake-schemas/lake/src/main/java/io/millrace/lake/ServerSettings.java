package io.millrace.lake;

import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.Secret;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Where and for whom the lake answers over JDBC and ODBC.
 *
 * @param host             address that it listens on
 * @param port             1 to 65535
 * @param users            file with a line for each user, as {@link ServerUsers#line} makes them; without one everybody on this machine may ask
 * @param keyStore         file with the key of the server (PKCS #12 or JKS); with one, connections are TLS
 * @param keyStorePassword of that file
 * @param rows             that an answer may have; what is beyond them is left out
 * @param time             that a query may take
 */
public record ServerSettings(
        String host,
        int port,
        @Optional String users,
        @Optional String keyStore,
        @Optional Secret keyStorePassword,
        int rows,
        Duration time) {

    public ServerSettings {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("sql-server.port must be from 1 to 65535 and is " + port);
        }
        if (rows < 1) {
            throw new IllegalArgumentException("sql-server.rows must be at least 1 and is " + rows);
        }
        if ((keyStore == null) != (keyStorePassword == null)) {
            throw new IllegalArgumentException("sql-server.key-store and sql-server.key-store-password go together");
        }
        if (!isLoopback(host) && (users == null || keyStore == null)) {
            throw new IllegalArgumentException(
                    ("sql-server.host %s can be reached from other machines: that needs sql-server.users and sql-server.key-store,"
                                    + " so that passwords and rows are not read on the way")
                            .formatted(host));
        }
    }

    /** The same at another port. */
    public ServerSettings at(int otherPort) {
        return new ServerSettings(host, otherPort, users, keyStore, keyStorePassword, rows, time);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("sql-server.host " + host + " is not known here", e);
        }
    }
}
