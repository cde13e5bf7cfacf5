package io.millrace.nightly.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database of the staging schema, as {@code dataSource::getConnection} does. */
@FunctionalInterface
public interface Connections {

    /** A connection of its own for the caller, who closes it. */
    Connection open() throws SQLException;
}
