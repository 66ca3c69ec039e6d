package koc.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import koc.sample.GeneratorOptions.Format;
import koc.sample.GeneratorOptions.Layout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a landing folder with everything planted and the truth beside it. */
@Command(
        name = "generate",
        description = "Write a landing folder of any size, with portraits, tastes, influence and dirt planted in it and"
                + " the truth beside it in _truth.",
        sortOptions = false)
final class GenerateCommand implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write, new or empty.")
    private Path out = Path.of("");

    @Option(names = "--users", paramLabel = "N", required = true, description = "Users, KOCs among them.")
    private int users;

    @Option(names = "--products", paramLabel = "N", required = true, description = "Products.")
    private int products;

    @Option(names = "--kocs", paramLabel = "N", required = true, description = "Users with a traffic pool.")
    private int kocs;

    @Option(names = "--events", paramLabel = "N", required = true, description = "Good events; dirt comes on top.")
    private long events;

    @Option(names = "--days", paramLabel = "N", required = true, description = "Days of history.")
    private int days;

    @Option(names = "--seed", paramLabel = "N", required = true, description = "Same seed, same bytes.")
    private long seed;

    @Option(
            names = "--end-date",
            paramLabel = "YYYY-MM-DD",
            converter = DayConverter.class,
            description = "Last day of history (default: 2024-06-30).")
    private LocalDate endDate = GeneratorOptions.DEFAULT_END_DATE;

    @Option(names = "--dirt", paramLabel = "SHARE", description = "Bad rows per good row (default: ${DEFAULT-VALUE}).")
    private double dirt = GeneratorOptions.DEFAULT_DIRT;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "flat: one folder a source (default); arrived: and below it one a day.")
    private Layout layout = Layout.FLAT;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv (default) or jsonl.")
    private Format format = Format.CSV;

    @Option(names = "--gzip", description = "Compress the files.")
    private boolean gzip;

    @Option(
            names = "--hidden-taste",
            paramLabel = "FACTOR",
            description = "How much more often users buy what their circle of friends likes, beyond their portrait"
                    + " (default: 0; 2 is three times as often).")
    private double hiddenTaste;

    @Option(
            names = "--fakes",
            description =
                    "Add accounts that look influential and are not: self-referral, a ring, a busy guide, a flood.")
    private boolean fakes;

    @Option(
            names = "--ties",
            paramLabel = "N",
            description = "About so many ties in all, open and ended (default: some 35 for each KOC).")
    private long ties;

    @Option(
            names = "--hub-share",
            paramLabel = "SHARE",
            description = "Share of all users that the last KOC is tied to (default: no such hub).")
    private double hubShare;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        GeneratorOptions options = GeneratorOptions.of(users, products, kocs, events, days, seed)
                .withEndDate(endDate)
                .withDirt(dirt)
                .withForm(layout, format, gzip)
                .withPlants(new GeneratorOptions.Plants(hiddenTaste, fakes, ties, hubShare));
        Generator.generate(options, out)
                .forEach((source, rows) -> spec.commandLine().getOut().printf("%-12s %,13d rows%n", source, rows));
        spec.commandLine().getOut().println("in " + out);
        return 0;
    }
}
