package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small landing folder and an embedded run of it, made once for all test classes of this process. Tests only read them.
 *
 * @param landing 240 users, with one folder for each day
 * @param warehouse what {@code bin/koc run} has written for {@link #DAY}
 */
record SmallRun(Path landing, Path warehouse) {
    static final String DAY = "2024-06-29";
    static final String NEXT_DAY = "2024-06-30";

    private static @Nullable SmallRun made;

    /** Makes the folders, or returns those that were made before. */
    static synchronized SmallRun make() throws IOException {
        if (made == null) {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "small-run")
                    .toAbsolutePath();
            SmallRun run = new SmallRun(folder.resolve("landing"), folder.resolve("warehouse"));
            Commands.runSilently(("generate --out " + run.landing
                            + " --users 240 --products 60 --kocs 10 --events 6000 --days 60 --seed 7 --layout arrived")
                    .split(" ", -1));
            KocProcess process = KocProcess.start(
                    folder,
                    List.of(),
                    "run",
                    "--landing",
                    run.landing.toString(),
                    "--warehouse",
                    run.warehouse.toString(),
                    "--date",
                    DAY,
                    "--set",
                    "koc.backtest.in-run=false");
            assertThat(process.await()).as(process.err()).isZero();
            made = run;
        }
        return made;
    }
}
