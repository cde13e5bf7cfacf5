package io.millrace.nightly.explain;

import java.util.List;

/**
 * What a table held about the subject of a decision, as the night saw it.
 *
 * @param table  its name
 * @param about  what it is, from its contract
 * @param stage  the stage that read it
 * @param rows   rows about the subject
 * @param facts  the first of them: the newest where a table has moments, otherwise in the order of its key
 */
public record Evidence(String table, String about, String stage, long rows, List<Fact> facts) {}
