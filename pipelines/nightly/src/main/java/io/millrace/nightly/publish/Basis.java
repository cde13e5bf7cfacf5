package io.millrace.nightly.publish;

import java.util.List;
import java.util.Set;

/**
 * What a plan was made with. The ERP may have decided more since, and what it accepted of an earlier plan must not be planned
 * twice.
 *
 * @param answered decisions whose answers the night had read before it decided
 * @param key      columns that say what a decision is about, as in product and site; none if nothing excludes another
 */
public record Basis(Set<String> answered, List<String> key) {

    /** Of a batch that rests on nothing that the ERP decides. */
    public static final Basis NONE = new Basis(Set.of(), List.of());

    public Basis {
        answered = Set.copyOf(answered);
        key = List.copyOf(key);
    }

    /** What a row is about. */
    List<Object> about(BatchKind kind, List<Object> values) {
        List<String> names = kind.columns().stream().map(StagingColumn::name).toList();
        return key.stream().map(column -> values.get(names.indexOf(column))).toList();
    }
}
