package koc.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How well the portraits of any landing folder predict later purchases. Runs clean, features and portraits up to a day, and
 * scores the portraits by the days after it ({@link PortraitGain}).
 *
 * <pre>bin/evaluate portrait-gain --landing DIR --warehouse DIR --date DAY --days N [--set KEY=VALUE]...</pre>
 *
 * <p>Prints the model, the names of its portraits, and the gain. DIR/warehouse is kept; where it is complete, only the scores
 * are computed again.
 */
@Command(
        name = "portrait-gain",
        mixinStandardHelpOptions = true,
        description = "How well portraits predict later purchases, on any landing folder.")
public final class PortraitGainEvaluation implements Callable<Integer> {
    @Option(names = "--landing", paramLabel = "DIR", required = true, description = "The landing folder.")
    private Path landing = Path.of("");

    @Option(names = "--warehouse", paramLabel = "DIR", required = true, description = "Where the tables are kept.")
    private Path warehouseFolder = Path.of("");

    @Option(names = "--date", paramLabel = "DAY", required = true, description = "Last day that the portraits know.")
    private LocalDate day = LocalDate.EPOCH;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "28",
            description = "Days after it that are predicted (default: ${DEFAULT-VALUE}).")
    private int days = 28;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the pipeline (default: none).")
    private List<String> settings = new ArrayList<>();

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PortraitGainEvaluation()).execute(arguments));
    }

    @Override
    public Integer call() {
        try (LocalPipeline pipeline = new LocalPipeline(settings)) {
            if (!Files.exists(warehouseFolder.resolve(PortraitTables.PORTRAIT_MODELS.name()))) {
                pipeline.run(
                        "run",
                        "--landing",
                        landing.toString(),
                        "--warehouse",
                        warehouseFolder.toString(),
                        "--date",
                        day.toString(),
                        "--jobs",
                        "clean,features,portraits");
            }
            Warehouse warehouse = pipeline.openWarehouse(warehouseFolder);
            printModel(warehouse);
            new WarehouseScores(LandedData.read(pipeline.spark(), landing), warehouse, day).printPortraits(days);
        }
        return 0;
    }

    private void printModel(Warehouse warehouse) {
        Row model = warehouse.read(PortraitTables.PORTRAIT_MODELS, day).head();
        System.out.printf(
                Locale.ROOT,
                "model: %d portraits by %s, stability %.3f, gain in the holdout %.4f; runner-up %s %s%n",
                model.<Integer>getAs("portraits"),
                model.<String>getAs("representation"),
                model.<Double>getAs("stability"),
                model.<Double>getAs("predictive_gain"),
                model.<String>getAs("runner_up"),
                model.<Double>getAs("runner_up_gain"));
        warehouse
                .read(PortraitTables.PORTRAITS, day)
                .orderBy("portrait_id")
                .select("users", "stability", "name")
                .collectAsList()
                .forEach(row -> System.out.printf(
                        Locale.ROOT, "  %d users, stability %s: %s%n", row.getLong(0), row.get(1), row.getString(2)));
    }
}
