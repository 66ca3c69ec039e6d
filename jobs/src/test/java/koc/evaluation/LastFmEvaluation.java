package koc.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The quality of recommendations and portraits on public data: makes a landing folder of the LastFM data set ({@link
 * LastFmLanding} says where to get it), runs the pipeline on its past, and scores the tables by its future.
 *
 * <pre>bin/evaluate lastfm --out DIR [--data DIR] [--set KEY=VALUE]...</pre>
 *
 * <p>Prints {@link PoolNdcg} of {@code koc_recommendations} (pools of 10 and more, NDCG@20) and {@link PortraitGain}
 * of {@code user_portraits}. DIR/landing and DIR/warehouse are kept; where they are complete, only the scores are
 * computed again.
 */
@Command(
        name = "lastfm",
        mixinStandardHelpOptions = true,
        description = "Recommendations and portraits on the public LastFM data set.")
public final class LastFmEvaluation implements Callable<Integer> {
    private static final String REFERENCE_DATA = "KOC_REFERENCE_DATA";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of landing and warehouse.")
    private Path out = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The unpacked hetrec2011-lastfm-2k.zip (default: lastfm in the folder $" + REFERENCE_DATA + ").")
    private @Nullable Path data;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the pipeline (default: none).")
    private List<String> settings = new ArrayList<>();

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LastFmEvaluation()).execute(arguments));
    }

    @Override
    public Integer call() {
        Path landing = out.toAbsolutePath().resolve("landing");
        Path warehouse = out.toAbsolutePath().resolve("warehouse");
        if (!Files.exists(landing)) {
            LastFmLanding.write(source(), landing);
        }
        List<String> all = new ArrayList<>(settings);
        // Only the gate of publish needs a backtest, and it would run every job once more.
        all.add("koc.backtest.in-run=false");
        try (LocalPipeline pipeline = new LocalPipeline(all)) {
            // Publishing is the last step: what an interrupted run left behind is made again.
            if (!Files.exists(warehouse.resolve("published"))) {
                pipeline.run(
                        "run",
                        "--landing",
                        landing.toString(),
                        "--warehouse",
                        warehouse.toString(),
                        "--date",
                        LastFmLanding.CUTOFF.toString());
            }
            WarehouseScores scores = new WarehouseScores(
                    LandedData.read(pipeline.spark(), landing),
                    pipeline.openWarehouse(warehouse),
                    LastFmLanding.CUTOFF);
            scores.printRecommendations(WarehouseScores.MIN_POOL_SIZE, WarehouseScores.LIST_LENGTH);
            scores.printPortraits(LastFmLanding.HORIZON_DAYS);
        }
        return 0;
    }

    private Path source() {
        if (data != null) {
            return data;
        }
        String reference = System.getenv(REFERENCE_DATA);
        if (reference == null) {
            throw new IllegalArgumentException("the data set is missing; name its folder with --data DIR, or set "
                    + REFERENCE_DATA + " to the folder that contains lastfm/");
        }
        return Path.of(reference, "lastfm");
    }
}
