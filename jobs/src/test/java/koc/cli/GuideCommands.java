package koc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of koc-pipeline in the guides: in blocks of {@code sh}, by bin/koc or by spark-submit. */
final class GuideCommands {
    private static final Path FOLDER = Path.of("../docs/guide");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```$");
    /** A word of a command, with quotes perhaps, or what ends the command: a comment, a pipe or another file. */
    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|[#|>&;].*|[^\\s'\"]+");

    private GuideCommands() {}

    /**
     * A command.
     *
     * @param place the file and the line as it is written there
     * @param arguments what the command line of koc-pipeline is given
     */
    record Command(String place, List<String> arguments) {
        String name() {
            return arguments.isEmpty() ? "" : arguments.get(0);
        }
    }

    /** All commands of all guides. */
    static List<Command> all() throws IOException {
        List<Command> commands = new ArrayList<>();
        try (Stream<Path> guides = Files.list(FOLDER)) {
            for (Path guide : guides.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                BLOCK.matcher(Files.readString(guide))
                        .results()
                        .flatMap(block ->
                                block.group(1).replaceAll("\\\\\\n\\s*", " ").lines())
                        .map(String::strip)
                        .forEach(line -> add(commands, guide, line));
            }
        }
        return commands;
    }

    private static void add(List<Command> commands, Path guide, String line) {
        List<String> words = WORD.matcher(line)
                .results()
                .map(MatchResult::group)
                .takeWhile(word -> !word.matches("[#|>&;].*"))
                .map(word -> word.replaceAll("^'(.*)'$|^\"(.*)\"$", "$1$2"))
                .toList();
        // What stands before it are options of spark-submit.
        int program = Math.max(words.indexOf("bin/koc"), words.indexOf("jobs/target/koc-jobs.jar"));
        if (program >= 0) {
            commands.add(new Command(
                    guide.getFileName() + ": " + line, List.copyOf(words.subList(program + 1, words.size()))));
        }
    }
}
