package io.millrace.nightly.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of publishing, slow and obvious: what the rows of one night are after any history. */
final class NightOracle {

    private record Row(int quantity, RowState state, int revision) {}

    private final Map<String, Row> rows = new TreeMap<>();
    private Map<String, Integer> newest;
    private int revision;

    /** Publishes quantities by product. */
    void publish(Map<String, Integer> plan) {
        if (plan.equals(newest)) {
            return;
        }
        newest = plan;
        revision++;
        plan.forEach((product, quantity) -> {
            Row old = rows.get(product);
            if (old == null || !old.state().isDecided()) {
                rows.put(product, new Row(quantity, RowState.NEW, revision));
            }
        });
        rows.replaceAll((product, old) -> old.state() == RowState.NEW && !plan.containsKey(product)
                ? new Row(old.quantity(), RowState.SUPERSEDED, old.revision())
                : old);
    }

    /** The ERP accepts a product's row where it waits. @return rows changed */
    int accept(String product) {
        Row old = rows.get(product);
        if (old == null || old.state() != RowState.NEW) {
            return 0;
        }
        rows.put(product, new Row(old.quantity(), RowState.ACCEPTED, old.revision()));
        return 1;
    }

    int revision() {
        return revision;
    }

    long count(RowState state) {
        return rows.values().stream().filter(row -> row.state() == state).count();
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        rows.forEach((product, row) ->
                lines.add("%s %d %s in %d".formatted(product, row.quantity(), row.state(), row.revision())));
        return String.join(", ", lines);
    }
}
