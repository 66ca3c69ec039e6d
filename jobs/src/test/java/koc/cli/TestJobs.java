package koc.cli;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import koc.config.Section;
import koc.run.Job;
import koc.run.JobRun;
import koc.warehouse.Table;
import org.apache.spark.sql.functions;

/** Small real jobs, so that commands can be tested without the domains. */
final class TestJobs {
    static final Table NUMBERS = Table.named("numbers")
            .describedAs("One row per day and number.")
            .writtenBy("count")
            .keyedBy("day", "number")
            .partitionedBy("day")
            .columns("""
                    day    DATE NOT NULL COMMENT 'Run date',
                    number BIGINT NOT NULL COMMENT 'A number'""");

    static final Table SUMS = Table.named("sums")
            .describedAs("One row per day.")
            .writtenBy("sum")
            .keyedBy("day")
            .partitionedBy("day")
            .columns("day DATE NOT NULL COMMENT 'Run date'");

    private TestJobs() {}

    /** count writes three numbers, sum reads them, and a job that does what the test wants comes last. */
    static Jobs with(Consumer<JobRun> last) {
        return new Jobs(List.of(
                new Jobs.Definition(
                        "count",
                        "Write three numbers.",
                        true,
                        config -> job("count", Set.of(), Set.of(NUMBERS), TestJobs::count)),
                new Jobs.Definition(
                        "sum",
                        "Read the numbers.",
                        false,
                        config -> job("sum", Set.of(NUMBERS), Set.of(SUMS), TestJobs::sum)),
                new Jobs.Definition("last", "Do what the test wants.", false, config -> checked(config, last))));
    }

    private static Job checked(Config config, Consumer<JobRun> work) {
        Section.of(config, "koc").wholeLong("seed");
        return job("last", Set.of(SUMS), Set.of(), work);
    }

    private static void count(JobRun run) {
        run.warehouse()
                .write(
                        NUMBERS,
                        run.day(),
                        run.warehouse()
                                .spark()
                                .range(3)
                                .select(
                                        functions.lit(run.day()).as("day"),
                                        functions.col("id").as("number")));
        run.progress().note("count", "nothing but numbers");
    }

    private static void sum(JobRun run) {
        run.warehouse().read(NUMBERS, run.day());
    }

    static Job job(String name, Set<Table> reads, Set<Table> writes, Consumer<JobRun> work) {
        return new Job() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<Table> reads() {
                return reads;
            }

            @Override
            public Set<Table> writes() {
                return writes;
            }

            @Override
            public void run(JobRun run) {
                work.accept(run);
            }
        };
    }
}
