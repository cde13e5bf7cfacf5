package io.millrace.nightly.histories;

import java.util.List;
import java.util.stream.Collectors;

/** One thing that happens to a lake. */
sealed interface Step {

    /** A file is put into the drop of a source, or takes the place of the one at its path. */
    record Deliver(String source, Desk table, String date, String name, String mode, List<Said> rows) implements Step {

        String path() {
            return date + "/" + name;
        }

        @Override
        public String toString() {
            return rows.stream()
                    .map(table::csv)
                    .collect(Collectors.joining(" | ", "deliver %s/%s (%s): ".formatted(source, path(), mode), ""));
        }
    }

    /**
     * A night.
     *
     * @param dies before which of its side effects the process dies; it is started again after it. 0 for never
     * @param accepts whether somebody says that all may be gone
     */
    record Run(String date, int dies, boolean accepts) implements Step {

        @Override
        public String toString() {
            return "run " + date + (accepts ? ", any volume accepted" : "")
                    + (dies == 0 ? "" : ", killed before side effect %d and started again".formatted(dies));
        }
    }

    /** All is mapped anew, by the mappings as they are now. */
    record Remap() implements Step {

        @Override
        public String toString() {
            return "remap";
        }
    }

    /** Somebody changes the mappings, for better or worse. */
    record Change(Mapping to) implements Step {

        @Override
        public String toString() {
            return "from now on the mappings are " + to;
        }
    }

    /** What mappings make of a value. */
    enum Mapping {
        PLAIN(1),
        TENFOLD(10),
        /** Products and terms of value 2 are lost on the way. */
        LOSING(1);

        private final int factor;

        Mapping(int factor) {
            this.factor = factor;
        }

        int factor() {
            return factor;
        }

        /** Whether a row that can be read does not come out of it. */
        boolean loses(Desk table, Said said) {
            return this == LOSING
                    && (table == Desk.ART || table == Desk.TERM)
                    && said.value().equals("2")
                    && (said.kind() == Kind.GOOD || said.kind() == Kind.KEYLESS);
        }
    }

    /**
     * A delivered row.
     *
     * @param id    the source's own name of what it speaks of
     * @param key   the name that the table of silver knows it by; the same as {@code id} but for order lines
     * @param value what it says
     */
    record Said(Kind kind, String id, String key, String value) {}

    /** What can be said, and how it can go wrong. */
    enum Kind {
        GOOD,
        /** The source deleted it, and says so. */
        GONE,
        /** Its value cannot be read. */
        BAD,
        /** Nobody knows what it speaks of. */
        KEYLESS,
        /** It cannot be split into fields. */
        MALFORMED
    }
}
