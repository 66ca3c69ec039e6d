package koc.cli;

import com.typesafe.config.Config;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import koc.clean.inspect.Inspection;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.spark.Session;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proposes a configuration for the files of a landing folder. It reads a sample of each file, and needs no warehouse. */
@Command(
        name = "inspect",
        description = {
            "Look at a sample of the files of a landing folder, and write a configuration that reads them.",
            "What is ambiguous is asked in comments. Exit status 3 if a required column was not found."
        },
        sortOptions = false)
final class InspectCommand implements Callable<Integer> {
    @Option(names = "--landing", paramLabel = "DIR", required = true, description = "Folder with the files.")
    private String landing = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "New file for the configuration; without it, standard output.")
    private @Nullable File out;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        requireNewFile(out);
        Config config = configuration.load();
        Inspection inspection =
                Inspection.inspect(landing, SparkHadoopUtil.get().newConfiguration(Session.settings(config)), config);
        write(inspection.configuration());
        PrintWriter err = spec.commandLine().getErr();
        inspection.report().forEach(err::println);
        err.println(
                inspection.isComplete()
                        ? "Read the comments in the configuration, then: bin/koc run --conf "
                                + (out == null ? "FILE" : out) + " --landing " + landing
                                + " --warehouse DIR --date YYYY-MM-DD"
                        : "A run cannot read this folder yet: see above.");
        err.flush();
        return inspection.isComplete() ? ExitCode.DONE.number() : ExitCode.INPUT.number();
    }

    /** Found before the landing folder is read, which may take long. */
    private static void requireNewFile(@Nullable File out) {
        if (out == null) {
            return;
        }
        if (out.exists()) {
            throw KocException.usage(
                    "--out " + out + ": the file exists",
                    "a configuration may have been edited, and is not replaced",
                    "name another file, or remove it");
        }
        File folder = out.getAbsoluteFile().getParentFile();
        if (folder == null || !folder.isDirectory()) {
            throw KocException.usage(
                    "--out " + out + ": no such folder",
                    "expected a folder that exists",
                    "make it, or name another file");
        }
    }

    private void write(String text) {
        if (out == null) {
            PrintWriter console = spec.commandLine().getOut();
            console.print(text);
            console.flush();
            return;
        }
        try {
            Files.writeString(out.toPath(), text, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw KocException.usage(
                            "--out " + out + ": the file cannot be written",
                            String.valueOf(failure.getMessage()),
                            "name a file in a folder in which you may write")
                    .causedBy(failure);
        }
    }
}
