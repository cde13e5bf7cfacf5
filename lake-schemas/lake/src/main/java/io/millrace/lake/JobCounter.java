package io.millrace.lake;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;

/** Counts the Spark jobs of a session, so that a lost cache or a stray count is seen, and tells what each is for. */
public final class JobCounter extends SparkListener {

    /** The local property of a thread that describes the jobs that it starts. */
    public static final String DESCRIPTION = "spark.job.description";

    private final LongAdder jobs = new LongAdder();
    private final Consumer<String> watcher;

    private JobCounter(Consumer<String> watcher) {
        this.watcher = watcher;
    }

    /** A counter that listens to {@code spark} from now on. */
    public static JobCounter on(SparkSession spark) {
        return on(spark, description -> {});
    }

    /** The same, which tells what each job is for. @param watcher takes the description of a job that has one, as it starts */
    public static JobCounter on(SparkSession spark, Consumer<String> watcher) {
        JobCounter counter = new JobCounter(watcher);
        spark.sparkContext().addSparkListener(counter);
        return counter;
    }

    @Override
    public void onJobStart(SparkListenerJobStart jobStart) {
        jobs.increment();
        String description = jobStart.properties().getProperty(DESCRIPTION);
        if (description != null) {
            watcher.accept(description);
        }
    }

    /** Jobs started so far. Events arrive asynchronously, a moment after the job. */
    public long jobs() {
        return jobs.sum();
    }
}
