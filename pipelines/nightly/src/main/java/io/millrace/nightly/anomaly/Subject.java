package io.millrace.nightly.anomaly;

import io.millrace.nightly.tables.NightTables;
import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** A kind of thing among which anomalies are looked for. Another kind is a class, and a line in {@link Anomalies}. */
interface Subject {

    /** As in {@code gold.anomaly.subject_type}. */
    String type();

    /** Who should look at its anomalies. */
    String audience();

    /** Tables that it reads. */
    List<String> tables();

    /** What is compared, in business words. */
    List<String> fields();

    /** Strange cases of one code and metric that lie no further apart are one anomaly. */
    Duration apart();

    /** Everything that usual cases are told from, in any order. */
    JavaRDD<Case> cases(NightTables in);
}
