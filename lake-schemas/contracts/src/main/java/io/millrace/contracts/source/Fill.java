package io.millrace.contracts.source;

import io.millrace.contracts.yaml.Records.Optional;
import java.util.List;
import java.util.Map;

/**
 * How a canonical table is filled. The SELECT is in the file of the same name; it carries {@code _row} of the table it
 * is driven by, the identity of the delivered row.
 *
 * @param from    the source table whose rows are accounted for: each ends in silver, merged, or in quarantine
 * @param derived true if several rows of {@code from} make one row (customers out of invoice lines); such a fill
 *                removes nothing and is not accounted for, the fill that keeps the rows is
 * @param also    other source tables in the SELECT whose changes call for the rows of {@code from} anew: table → the
 *                columns, of the same name in both, by which its rows are found
 */
public record Fill(
        String from, @Optional boolean derived, @Optional Map<String, List<String>> also) {}
