package io.millrace.nightly.publish;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;

/** What differs between the databases that ERPs run on. */
public enum Dialect {
    POSTGRESQL("PostgreSQL", "\"", "\"", Case.LOWER),
    /** A schema is a user there, so that only an administrator makes one. */
    ORACLE("Oracle", "\"", "\"", Case.UPPER),
    SQL_SERVER("Microsoft SQL Server", "[", "]", Case.AS_WRITTEN),
    /** A schema is what JDBC calls a catalogue there. */
    MARIADB("MariaDB", "`", "`", Case.AS_WRITTEN),
    H2("H2", "\"", "\"", Case.UPPER);

    /** What the database makes of a name without quotes. */
    private enum Case {
        LOWER,
        UPPER,
        AS_WRITTEN
    }

    private final String product;
    private final String open;
    private final String close;
    private final Case folding;

    Dialect(String product, String open, String close, Case folding) {
        this.product = product;
        this.open = open;
        this.close = close;
        this.folding = folding;
    }

    /** The dialect of a connection's database. @throws SQLException that names the product where it is none of these */
    public static Dialect of(Connection connection) throws SQLException {
        String found = connection.getMetaData().getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.product.equalsIgnoreCase(found)) {
                return dialect;
            }
        }
        throw new SQLFeatureNotSupportedException(
                "%s is no database that the staging schema can be in: use PostgreSQL, Oracle, SQL Server, MariaDB or H2"
                        .formatted(found),
                "0A000");
    }

    /** {@code name} as the database writes it where it is not quoted: whoever reads the tables needs no quotes either. */
    String folded(String name) {
        return switch (folding) {
            case LOWER -> name.toLowerCase(Locale.ROOT);
            case UPPER -> name.toUpperCase(Locale.ROOT);
            case AS_WRITTEN -> name;
        };
    }

    /** {@code name} folded and quoted, so that no reserved word is in the way. */
    String quoted(String name) {
        return open + folded(name) + close;
    }

    /** The type of a column. */
    String type(StagingColumn column) {
        return switch (column.type()) {
            case TEXT -> text(column.size());
            case DECIMAL -> (this == ORACLE ? "NUMBER" : "DECIMAL") + "(" + column.size() + ", " + column.scale() + ")";
            case INTEGER -> this == ORACLE ? "NUMBER(10)" : "INTEGER";
            case DATE -> "DATE";
            case TIMESTAMP -> timestamp();
        };
    }

    /** Oracle counts bytes and SQL Server's VARCHAR knows one code page, where they are not told otherwise. */
    private String text(int size) {
        return switch (this) {
            case ORACLE -> "VARCHAR2(%d CHAR)".formatted(size);
            case SQL_SERVER -> "NVARCHAR(%d)".formatted(size);
            default -> "VARCHAR(%d)".formatted(size);
        };
    }

    /** MariaDB's TIMESTAMP ends in 2038 and SQL Server's is no time at all. */
    private String timestamp() {
        return switch (this) {
            case SQL_SERVER -> "DATETIME2(6)";
            case MARIADB -> "DATETIME(6)";
            default -> "TIMESTAMP(6)";
        };
    }

    /** True if {@code CREATE ... IF NOT EXISTS} is understood. */
    boolean hasIfNotExists() {
        return this == POSTGRESQL || this == MARIADB || this == H2;
    }

    boolean schemaIsCatalog() {
        return this == MARIADB;
    }

    /** False if a schema is made by an administrator alone. */
    boolean canCreateSchema() {
        return this != ORACLE;
    }

    /** What follows the columns of a new table: in MariaDB transactions, all of Unicode, and codes that differ by case. */
    String tableOptions() {
        return this == MARIADB ? " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : "";
    }

    /** What follows the table of a query that locks its rows. */
    String lockHint() {
        return this == SQL_SERVER ? " WITH (UPDLOCK, ROWLOCK)" : "";
    }

    /** What ends a query that locks its rows. */
    String lockClause() {
        return this == SQL_SERVER ? "" : " FOR UPDATE";
    }
}
