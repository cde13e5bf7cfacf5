package io.millrace.bench;

import io.millrace.lake.LakeSettings;
import io.millrace.lake.Sessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A Spark session that answers one query over Delta folders and ends. */
public final class BareSession {

    private BareSession() {}

    /** @param args folder of the lake, and a query that names tables as delta.`folder` */
    public static void main(String[] args) {
        SparkSession spark = Sessions.reading("bare", new LakeSettings(args[0], "embedded", 4, Map.of()));
        spark.sql(args[1]).collectAsList().forEach(System.out::println);
        Sessions.stop(spark);
    }
}
