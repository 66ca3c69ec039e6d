package koc.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import koc.sample.Importer;
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
        Importer importer = Importers.named(format);
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.print(importer.run(in, out).text());
        terminal.println("in " + out);
        importer.settings().forEach(setting -> terminal.println("run it with --set " + setting));
        return 0;
    }
}
