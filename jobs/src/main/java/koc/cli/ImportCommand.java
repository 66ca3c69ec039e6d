package koc.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import koc.sample.Importers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Converts a supported public data set to a landing folder. */
@Command(name = "import", description = "Convert a supported public data set to a landing folder.", sortOptions = false)
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FORMAT", description = "The data set: cdnow or online-retail.")
    private String format = "";

    @Option(names = "--in", paramLabel = "PATH", required = true, description = "File or folder of the data set.")
    private Path in = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write, new or empty.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(Importers.named(format).run(in, out).text());
        spec.commandLine().getOut().println("in " + out);
        return 0;
    }
}
