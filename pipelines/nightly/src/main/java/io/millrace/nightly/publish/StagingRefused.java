package io.millrace.nightly.publish;

import java.sql.SQLException;

/** The database of the staging schema answered and refused: a missing right, table or credential, or a bad value. */
public final class StagingRefused extends RuntimeException {

    StagingRefused(String message, SQLException cause) {
        super(message, cause);
    }
}
