package koc.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import koc.config.Section;
import koc.spark.Session;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole pipeline on the sample and shows what came out. */
@Command(
        name = "demo",
        description = "Run the whole pipeline on data-samples and show portraits and recommendations.",
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    /** The last day of the sample's events. */
    private static final LocalDate SAMPLE_DAY = LocalDate.of(2024, 6, 30);

    /**
     * Spark as it suits a sample, a run of which is mostly planning and starting tasks: plans that are not planned again
     * while they run, one partition, no broadcasts (each is a job of its own, also where a hint asks for it), no
     * filters concluded from other filters, which for hundreds of columns takes longer than all rows, no second look at
     * what the optimizer did, no stack trace for every column, and less code: one hash table an aggregate, the same class
     * for the same code.
     */
    static final Map<String, String> FOR_A_SAMPLE = Map.of(
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.shuffle.partitions", "1",
            "spark.sql.autoBroadcastJoinThreshold", "-1",
            "spark.sql.optimizer.disableHints", "true",
            "spark.sql.constraintPropagation.enabled", "false",
            "spark.sql.lightweightPlanChangeValidation", "false",
            "spark.sql.dataFrameQueryContext.enabled", "false",
            "spark.sql.codegen.aggregate.map.twolevel.enabled", "false",
            "spark.sql.codegen.useIdInClassName", "false");

    private final Jobs jobs;
    private final Runner runner;

    @Option(
            names = "--warehouse",
            paramLabel = "DIR",
            description =
                    "Folder of the tables, new or an earlier demo's, which is emptied (default: warehouse/demo in the checkout).")
    private String warehouse = home().resolve("warehouse/demo").toString();

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DemoCommand(Jobs jobs, Runner runner) {
        this.jobs = jobs;
        this.runner = runner;
    }

    @Override
    public Integer call() {
        runner.run(LogFormat.TEXT, this::request, (spark, request) -> new Demo(spark, request.warehouse())
                .print(spec.commandLine().getOut()));
        return 0;
    }

    private RunRequest request() {
        var config = forASample(configuration.load());
        RunRequest request = new RunRequest(
                SAMPLE_DAY,
                null,
                home().resolve("data-samples").toString(),
                warehouse,
                false,
                config,
                jobs.named(List.of()).stream()
                        .map(kind -> kind.make().apply(config))
                        .toList());
        Folders.beginDemo(SparkHadoopUtil.get().newConfiguration(Session.settings(config)), warehouse);
        return request;
    }

    /** The same configuration, where it says nothing of it, with what suits a sample. */
    static Config forASample(Config given) {
        Map<String, String> spark = new TreeMap<>();
        // A session that was there before, as in a notebook, would keep them after the demo.
        if (SparkSession.getDefaultSession().isEmpty()) {
            spark.putAll(FOR_A_SAMPLE);
        }
        spark.putAll(Section.of(given, "koc").paths("spark"));
        // A backtest would run every job once more: the demo says how to make one instead.
        return given.withValue("koc.spark", ConfigValueFactory.fromMap(spark))
                .withValue("koc.backtest.in-run", ConfigValueFactory.fromAnyRef(false));
    }

    /** The checkout, as bin/koc tells it; the working folder otherwise. */
    private static Path home() {
        return Path.of(System.getProperty("koc.home", ""));
    }
}
