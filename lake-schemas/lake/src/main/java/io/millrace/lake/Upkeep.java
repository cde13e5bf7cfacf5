package io.millrace.lake;

import io.delta.tables.DeltaTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Console$;

/**
 * What was done to the files of a table, whose rows are the same before and after.
 *
 * @param table       as in {@code silver.customer}
 * @param filesBefore data files in its folder, of all versions
 * @param filesAfter  the same afterwards
 * @param bytesBefore their size
 * @param bytesAfter  the same afterwards
 * @param version     its version before
 * @param compacted   its version after its small files were put together, which says what {@code version} says; equal to it where
 *                    there were too few
 */
public record Upkeep(
        String table,
        long filesBefore,
        long filesAfter,
        long bytesBefore,
        long bytesAfter,
        long version,
        long compacted) {

    /** A table of fewer files is read as fast as one. */
    private static final int FEW_FILES = 8;

    private static final long SMALL_FILE = 16L << 20;
    private static final double HOUR = 3_600_000;

    /** Milliseconds by which the clock of the files may differ from ours. */
    private static final long CLOCKS_APART = 600_000;

    /** @param keep oldest version that can be read afterwards */
    static Upkeep of(
            SparkSession spark,
            TableVersions versions,
            Configuration hadoop,
            String table,
            long keep,
            Duration recent) {
        Path path = versions.path(table);
        long[] before = size(path, hadoop);
        long version = versions.latest(table);
        // What is younger than a week is vacuumed only where that is said in the session, so it gets one of its own.
        SparkSession session = Sessions.another(spark);
        session.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        session.conf().set("spark.databricks.delta.vacuum.logging.enabled", "false");
        DeltaTable delta = DeltaTable.forPath(session, path.toString());
        Row detail = delta.detail().select("numFiles", "sizeInBytes").first();
        long files = detail.getLong(0);
        boolean isScattered = files >= FEW_FILES && detail.getLong(1) / files < SMALL_FILE;
        if (isScattered) {
            delta.optimize().executeCompaction();
        }
        // Where the folder holds what the table does and no more, there is nothing to take away.
        if (isScattered || before[0] > files) {
            long apart = Math.min(recent.toMillis(), CLOCKS_APART);
            long kept = Math.max(recent.toMillis(), age(versions, hadoop, table, keep) + apart);
            // Delta rounds to whole hours: up, or it would take what a kept version needs.
            double hours = Math.max(1, Math.ceil(kept / HOUR));
            // It tells standard output how many files went, where a command's answer belongs.
            Console$.MODULE$.withOut(OutputStream.nullOutputStream(), () -> delta.vacuum(hours));
        }
        long[] after = size(path, hadoop);
        long compacted = versions.latest(table);
        return new Upkeep(table, before[0], after[0], before[1], after[1], version, compacted);
    }

    /** Milliseconds since a version was committed. What it needs was taken out of the table after that. */
    private static long age(TableVersions versions, Configuration hadoop, String table, long version) {
        Path commit = new Path(versions.path(table), "_delta_log/%020d.json".formatted(Math.max(0, version)));
        try {
            long at = Storage.at(commit, hadoop).getFileStatus(commit).getModificationTime();
            return Math.max(0, Instant.now().toEpochMilli() - at);
        } catch (FileNotFoundException e) {
            // Its log is gone, so it cannot be read any more; nothing is taken away on the strength of that.
            return Duration.ofDays(3650).toMillis();
        } catch (IOException e) {
            throw Storage.failure(commit, e);
        }
    }

    /** Files and bytes, without the log. */
    private static long[] size(Path path, Configuration hadoop) {
        long[] size = new long[2];
        try {
            FileSystem files = Storage.at(path, hadoop);
            RemoteIterator<LocatedFileStatus> found = files.listFiles(path, true);
            while (found.hasNext()) {
                LocatedFileStatus file = found.next();
                if (!file.getPath().toString().contains("/_delta_log/")) {
                    // A local file system keeps a checksum beside each.
                    size[0] += file.getPath().getName().startsWith(".") ? 0 : 1;
                    size[1] += file.getLen();
                }
            }
            return size;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
