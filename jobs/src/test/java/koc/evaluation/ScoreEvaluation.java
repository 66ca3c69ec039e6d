package koc.evaluation;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The scores of {@link LastFmEvaluation} for any warehouse that ends at a cutoff and any landing folder in CSV that
 * goes on after it, such as {@code cutoff=DAY/warehouse} in the folder of a backtest.
 *
 * <pre>bin/evaluate score --landing DIR --warehouse DIR --cutoff DAY [--horizon-days N] [--min-pool N] [--length N]</pre>
 *
 * <p>Recommendations are scored by all days after the cutoff that the landing folder has, portraits by the horizon.
 */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Scores the recommendations and portraits of a warehouse by what came after its last day.")
public final class ScoreEvaluation implements Callable<Integer> {
    @Option(names = "--landing", paramLabel = "DIR", required = true, description = "Landing folder in CSV.")
    private Path landing = Path.of("");

    @Option(names = "--warehouse", paramLabel = "DIR", required = true, description = "Warehouse of the cutoff.")
    private Path warehouse = Path.of("");

    @Option(names = "--cutoff", paramLabel = "DAY", required = true, description = "Last day of the past, YYYY-MM-DD.")
    private LocalDate cutoff = LocalDate.EPOCH;

    @Option(names = "--horizon-days", description = "Days that portraits predict (default: ${DEFAULT-VALUE}).")
    private int horizonDays = LastFmLanding.HORIZON_DAYS;

    @Option(names = "--min-pool", description = "Members from which a KOC is scored (default: ${DEFAULT-VALUE}).")
    private int minPoolSize = WarehouseScores.MIN_POOL_SIZE;

    @Option(names = "--length", description = "Ranks of a list that count (default: ${DEFAULT-VALUE}).")
    private int length = WarehouseScores.LIST_LENGTH;

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ScoreEvaluation()).execute(arguments));
    }

    @Override
    public Integer call() {
        try (LocalPipeline pipeline = new LocalPipeline(List.of())) {
            WarehouseScores scores = new WarehouseScores(
                    LandedData.read(pipeline.spark(), landing.toAbsolutePath()),
                    pipeline.openWarehouse(warehouse.toAbsolutePath()),
                    cutoff);
            scores.printRecommendations(minPoolSize, length);
            scores.printPortraits(horizonDays);
        }
        return 0;
    }
}
