package io.millrace.nightly.model;

import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.ModelVersion;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The version of a model that scores a night, with its artefact. */
public final class Champion {

    private static final int BATCH = 2048;

    private final ModelVersion version;
    private final byte[] artefact;

    private Champion(ModelVersion version, byte[] artefact) {
        this.version = version;
        this.artefact = artefact;
    }

    /** A version with what the registry keeps of it. */
    public static Champion of(ModelRegistry registry, ModelVersion version) {
        return new Champion(version, registry.artefact(version));
    }

    /** What the registry knows of it. */
    public ModelVersion version() {
        return version;
    }

    /** The artefact as it was registered. */
    public byte[] artefact() {
        return artefact.clone();
    }

    /** How an artefact is read. */
    @FunctionalInterface
    public interface Loader<M> extends Serializable {
        M load(byte[] artefact);
    }

    /** How a model scores some rows at a time. */
    @FunctionalInterface
    public interface Scorer<M> extends Serializable {
        /** @param batch 1 to 2,048 rows */
        List<Row> score(M model, List<Row> batch);
    }

    /**
     * Scores rows where they are, in batches. The artefact goes to every executor once, and is loaded once for each partition.
     *
     * @param out makes the rows that {@code scorer} gives
     */
    public <M> Dataset<Row> score(NightTables in, Dataset<Row> rows, RowMaker out, Loader<M> loader, Scorer<M> scorer) {
        Broadcast<byte[]> shared = in.broadcast(artefact);
        return out.mapPartitions(
                rows,
                partition -> partition.hasNext()
                        ? new Batches<>(partition, loader.load(shared.value()), scorer)
                        : partition);
    }

    private static final class Batches<M> implements Iterator<Row> {

        private final Iterator<Row> rows;
        private final M model;
        private final Scorer<M> scorer;
        private Iterator<Row> scored = List.<Row>of().iterator();

        Batches(Iterator<Row> rows, M model, Scorer<M> scorer) {
            this.rows = rows;
            this.model = model;
            this.scorer = scorer;
        }

        @Override
        public boolean hasNext() {
            while (!scored.hasNext() && rows.hasNext()) {
                List<Row> batch = new ArrayList<>(BATCH);
                while (rows.hasNext() && batch.size() < BATCH) {
                    batch.add(rows.next());
                }
                scored = scorer.score(model, batch).iterator();
            }
            return scored.hasNext();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return scored.next();
        }
    }
}
