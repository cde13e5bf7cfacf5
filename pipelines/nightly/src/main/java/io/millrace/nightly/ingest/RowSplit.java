package io.millrace.nightly.ingest;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** A few rows at hand: what the comparison of keys found deleted. */
record RowSplit(List<String[]> rows, int[] targets, Stamp stamp) implements Split {

    /** Behind every ordinal of a query. */
    private static final long FIRST = 2_000_000_000_000L;

    @Override
    public Iterator<DeliveredRow> read() {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> new DeliveredRow(FIRST + i, rows.get(i), null))
                .iterator();
    }
}
