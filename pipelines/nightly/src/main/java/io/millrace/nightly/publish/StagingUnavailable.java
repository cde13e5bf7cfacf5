package io.millrace.nightly.publish;

import java.sql.SQLException;

/** The database of the staging schema does not answer, or others kept its rows locked; trying again may help. */
public final class StagingUnavailable extends RuntimeException {

    StagingUnavailable(String message, SQLException cause) {
        super(message, cause);
    }
}
