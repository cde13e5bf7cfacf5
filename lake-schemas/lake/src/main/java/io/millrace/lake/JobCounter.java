package io.millrace.lake;

import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;

/** Counts the Spark jobs of a session, so that a lost cache or a stray count is seen. */
public final class JobCounter extends SparkListener {

    private final LongAdder jobs = new LongAdder();

    /** A counter that listens to {@code spark} from now on. */
    public static JobCounter on(SparkSession spark) {
        JobCounter counter = new JobCounter();
        spark.sparkContext().addSparkListener(counter);
        return counter;
    }

    @Override
    public void onJobStart(SparkListenerJobStart jobStart) {
        jobs.increment();
    }

    /** Jobs started so far. Events arrive asynchronously, a moment after the job. */
    public long jobs() {
        return jobs.sum();
    }
}
