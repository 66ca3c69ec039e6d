package koc.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.cli.Commands;
import picocli.CommandLine.Option;

/** The options of evaluations on generated data of several seeds. */
final class SeedOptions {
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for what is written and kept.")
    private Path out = Path.of("");

    @Option(
            names = "--seeds",
            paramLabel = "FROM-TO",
            defaultValue = "1-5",
            description = "Seeds of the generator (default: ${DEFAULT-VALUE}).")
    private String seeds = "";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the pipeline (default: none).")
    private List<String> settings = new ArrayList<>();

    List<Integer> seeds() {
        return range(seeds);
    }

    /** The whole numbers of a range such as 1-5, or of one number. */
    static List<Integer> range(String text) {
        int[] ends = Stream.of(text.split("-", 2)).mapToInt(Integer::parseInt).toArray();
        return IntStream.rangeClosed(ends[0], ends[ends.length - 1]).boxed().toList();
    }

    List<String> settings() {
        return settings;
    }

    /** The folder of one case of the evaluation. */
    Path folder(String name) {
        return out.toAbsolutePath().resolve(name);
    }

    /** Generates a landing folder with these options unless it exists. */
    static void generate(Path landing, int seed, String... options) {
        if (!Files.exists(landing)) {
            List<String> command =
                    new ArrayList<>(List.of("generate", "--out", landing.toString(), "--seed", String.valueOf(seed)));
            command.addAll(List.of(options));
            Commands.run(command.toArray(String[]::new));
        }
    }
}
