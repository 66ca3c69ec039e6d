package koc.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import koc.spark.Session;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole pipeline on the sample and prints an excerpt of the results. */
@Command(
        name = "demo",
        description = "Run the whole pipeline on data-samples and show portraits and recommendations.",
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    /** The last day of the sample's events. */
    private static final LocalDate SAMPLE_DAY = LocalDate.of(2024, 6, 30);

    private final Jobs jobs;
    private final RunLauncher runner;

    @Option(
            names = "--warehouse",
            paramLabel = "DIR",
            description =
                    "Folder of the tables: new, or made by an earlier demo, which is emptied (default: warehouse/demo).")
    private String warehouse = home().resolve("warehouse/demo").toString();

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DemoCommand(Jobs jobs, RunLauncher runner) {
        this.jobs = jobs;
        this.runner = runner;
    }

    @Override
    public Integer call() {
        runner.run(
                LogFormat.TEXT,
                this::request,
                request -> RunFolders.emptyDemo(hadoop(request.config()), warehouse),
                (spark, request) -> new DemoSummary(spark, request.warehouse())
                        .print(spec.commandLine().getOut()));
        return 0;
    }

    private RunRequest request() {
        var config = withoutBacktest(configuration.load());
        RunFolders.requireDemo(hadoop(config), warehouse);
        return new RunRequest(
                SAMPLE_DAY,
                null,
                home().resolve("data-samples").toString(),
                warehouse,
                false,
                config,
                jobs.named(List.of()).stream()
                        .map(definition -> definition.make().apply(config))
                        .toList(),
                jobs.graph(config),
                Attempt.start(null),
                remaining -> "bin/koc demo");
    }

    private static Configuration hadoop(Config config) {
        return SparkHadoopUtil.get().newConfiguration(Session.settings(config));
    }

    /** Switches off the backtest within the run, which would run every job a second time. */
    static Config withoutBacktest(Config given) {
        return given.withValue("koc.backtest.in-run", ConfigValueFactory.fromAnyRef(false));
    }

    /** The checkout, which bin/koc passes as a system property; otherwise the working folder. */
    private static Path home() {
        return Path.of(System.getProperty("koc.home", ""));
    }
}
