package koc.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import koc.sample.Importers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a known public data set into a landing folder. */
@Command(name = "import", description = "Turn a known public data set into a landing folder.")
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FORMAT", description = "Which data set: online-retail.")
    private String format = "";

    @Option(names = "--in", required = true, paramLabel = "PATH", description = "Folder of the data set.")
    private Path in = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Landing folder to write.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(Importers.named(format).run(in, out).text());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
