package io.millrace.nightly.ingest;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.nightly.database.Database;
import io.millrace.nightly.database.RetryPolicy;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Asks a source's database for no rows of each table, so that a right that was taken away is known before the night. */
public final class SourceProbe {

    private SourceProbe() {}

    /**
     * What a night could not read.
     *
     * @param source name of the source
     * @param date   business date for queries that name it
     * @return a failure for each table whose query the database refuses or does not answer
     */
    public static List<Failure> unreadable(String source, Database database, SourceSystem system, LocalDate date) {
        List<Failure> unreadable = new ArrayList<>();
        system.tables().forEach((name, table) -> {
            Queries queries = new Queries(database, source, name, table, date);
            Queries.Bound none = queries.select(List.copyOf(table.columns().keySet()), "1 = 0", List.of());
            try {
                RetryPolicy.ONCE.run(queries.what(), database::connect, connection -> {
                    try (ResultSet rows = Queries.rows(connection, none.sql(), none.values(), 1)) {
                        return rows.next();
                    }
                });
            } catch (Failure e) {
                unreadable.add(e);
            }
        });
        return unreadable;
    }
}
