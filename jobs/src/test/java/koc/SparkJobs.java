package koc;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Counts the Spark jobs that some work starts. */
public final class SparkJobs {
    private SparkJobs() {}

    public static int count(SparkContext spark, Runnable work) {
        AtomicInteger started = new AtomicInteger();
        SparkListener listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart jobStart) {
                started.incrementAndGet();
            }
        };
        waitForListeners(spark);
        spark.addSparkListener(listener);
        try {
            work.run();
            waitForListeners(spark);
        } finally {
            spark.removeSparkListener(listener);
        }
        return started.get();
    }

    private static void waitForListeners(SparkContext spark) {
        try {
            spark.listenerBus().waitUntilEmpty();
        } catch (TimeoutException late) {
            throw new IllegalStateException("Spark has not told its listeners everything", late);
        }
    }
}
