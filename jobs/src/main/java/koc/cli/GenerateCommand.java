package koc.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import koc.sample.GeneratorOptions.Format;
import koc.sample.GeneratorOptions.Influence;
import koc.sample.GeneratorOptions.Layout;
import koc.sample.GeneratorOptions.Sharing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a synthetic landing folder, and the truth that was planted in it to {@code _truth}. */
@Command(
        name = "generate",
        description = "Write a synthetic landing folder of any size. The portraits, tastes, influence and bad rows that"
                + " were planted in it are listed in its folder _truth.",
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

    @Option(
            names = "--events",
            paramLabel = "N",
            required = true,
            description = "Valid events; bad rows are added to them.")
    private long events;

    @Option(names = "--days", paramLabel = "N", required = true, description = "Days of history.")
    private int days;

    @Option(names = "--seed", paramLabel = "N", required = true, description = "Seed; equal seeds give equal files.")
    private long seed;

    @Option(
            names = "--end-date",
            paramLabel = "YYYY-MM-DD",
            converter = DayConverter.class,
            description = "Last day of history (default: 2024-06-30).")
    private LocalDate endDate = GeneratorOptions.DEFAULT_END_DATE;

    @Option(
            names = "--dirt",
            paramLabel = "FRACTION",
            description = "Bad rows per valid row (default: ${DEFAULT-VALUE}).")
    private double dirt = GeneratorOptions.DEFAULT_DIRT;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "flat: one folder per source (default); arrived: below it one folder per day.")
    private Layout layout = Layout.FLAT;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv (default) or jsonl.")
    private Format format = Format.CSV;

    @Option(names = "--gzip", description = "Compress the files.")
    private boolean gzip;

    @Option(
            names = "--hidden-taste",
            paramLabel = "FACTOR",
            description =
                    "Extra purchases of products that a user's circle of friends likes, relative to the portrait's rate"
                            + " (default: 0; 2 means three times as many).")
    private double hiddenTaste;

    @Option(
            names = "--fakes",
            description =
                    "Add accounts that only look influential: self-referral, a collusion ring, a busy guide, spam.")
    private boolean fakes;

    @Option(
            names = "--ties",
            paramLabel = "N",
            description = "Approximate number of ties, open and ended (default: about 35 per KOC).")
    private long ties;

    @Option(
            names = "--hub-fraction",
            paramLabel = "FRACTION",
            description = "Fraction of all users who are tied to the last KOC (default: no such hub).")
    private double hubFraction;

    @Option(
            names = "--counter-fraction",
            paramLabel = "FRACTION",
            description =
                    "Fraction of all purchases that are entered on the account of a shop counter (default: no such"
                            + " account).")
    private double counterFraction;

    @Option(
            names = "--lifetimes",
            description = "Let users order and stop as the models of user_value say (BG/NBD, Gamma-Gamma), with known"
                    + " parameters; the orders are added to --events.")
    private boolean lifetimes;

    @Option(
            names = "--influence",
            paramLabel = "EFFECT",
            description = "When several KOCs share a product with a user: additive (default; their effects add up),"
                    + " multiplicative, or saturating (only the strongest counts).")
    private Influence influence = Influence.ADDITIVE;

    @Option(
            names = "--sharing",
            paramLabel = "CHOICE",
            converter = SharingConverter.class,
            description = "KOCs share own-taste (default; what they like), trend (what is bought most that week), or"
                    + " pool-taste (what their own pool buys most).")
    private Sharing sharing = Sharing.OWN_TASTE;

    @Option(
            names = "--taste-dimensions",
            paramLabel = "N",
            description = "Dimensions of a hidden taste for products that friends have in common (default: 0, none).")
    private int tasteDimensions;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        GeneratorOptions options = GeneratorOptions.of(users, products, kocs, events, days, seed)
                .withEndDate(endDate)
                .withDirt(dirt)
                .withForm(layout, format, gzip)
                .withPlants(new GeneratorOptions.Plants(
                        hiddenTaste,
                        fakes,
                        ties,
                        hubFraction,
                        counterFraction,
                        lifetimes,
                        new GeneratorOptions.World(influence, sharing, tasteDimensions)));
        Generator.generate(options, out)
                .forEach((source, rows) -> spec.commandLine().getOut().printf("%-12s %,13d rows%n", source, rows));
        spec.commandLine().getOut().println("in " + out);
        return 0;
    }
}
