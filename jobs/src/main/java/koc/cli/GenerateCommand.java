package koc.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a landing folder with planted truth. */
@Command(
        name = "generate",
        description = "Write a landing folder of any size, with portraits, influence, fit and dirt planted in it,"
                + " and the truth in _truth/ beside the sources.")
final class GenerateCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
    private Path out = Path.of("");

    @Option(names = "--users", required = true, description = "Users, KOCs among them.")
    private int users;

    @Option(names = "--products", required = true, description = "Products.")
    private int products;

    @Option(names = "--kocs", required = true, description = "Users with a traffic pool.")
    private int kocs;

    @Option(names = "--events", required = true, description = "Good events; bad rows come on top.")
    private long events;

    @Option(names = "--days", required = true, description = "Days of history, the end date included.")
    private int days;

    @Option(names = "--seed", required = true, description = "Same seed, same bytes.")
    private long seed;

    @Option(
            names = "--end-date",
            converter = DayConverter.class,
            paramLabel = "YYYY-MM-DD",
            description = "Last day; default 2024-06-30.")
    private LocalDate endDate = GeneratorOptions.DEFAULT_END_DATE;

    @Option(names = "--dirt", description = "Bad rows per good row; default 0.03.")
    private double dirt = GeneratorOptions.DEFAULT_DIRT;

    @Option(names = "--layout", description = "flat (default) or arrived: one folder an arrival.")
    private GeneratorOptions.Layout layout = GeneratorOptions.Layout.FLAT;

    @Option(names = "--format", description = "csv (default) or jsonl.")
    private GeneratorOptions.Format format = GeneratorOptions.Format.CSV;

    @Option(names = "--gzip", description = "Compress the files.")
    private boolean gzip;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        GeneratorOptions options =
                new GeneratorOptions(users, products, kocs, events, days, seed, endDate, dirt, layout, format, gzip);
        Generator.generate(options, out)
                .forEach((source, rows) -> spec.commandLine().getOut().printf("%,12d rows of %s%n", rows, source));
        spec.commandLine().getOut().println("in " + out + "; what is planted is in " + out.resolve("_truth"));
        return 0;
    }
}
