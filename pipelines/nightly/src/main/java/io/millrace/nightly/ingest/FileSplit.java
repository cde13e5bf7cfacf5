package io.millrace.nightly.ingest;

import io.millrace.contracts.source.FileFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** A whole file: what is compressed cannot be split, and lines are numbered from its start. */
record FileSplit(DropFile file, FileFormat format, String[] header, int[] targets, Stamp stamp) implements Split {

    @Override
    public Iterator<DeliveredRow> read() {
        try {
            // Closed with its stream at the end of the task; the file was read to its end once before.
            return file.rows(file.text(file.open(hadoop()), format), format, header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hadoop's settings of the session, in a task. */
    private static Configuration hadoop() {
        SparkHadoopUtil spark = SparkHadoopUtil.get();
        Configuration hadoop = new Configuration(spark.conf());
        spark.appendSparkHadoopConfigs(SparkEnv.get().conf(), hadoop);
        return hadoop;
    }
}
