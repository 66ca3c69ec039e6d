package koc.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import koc.error.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: what can be asked for, and what an answer that is a failure looks like. */
@Command(
        name = "koc",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        description = "Who our users are, which KOC moves whom, and what each KOC should recommend next.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: 0 done; 1 a bug; 2 usage or configuration; 3 input; 4 an output broke its contract;",
            "5 a quality gate refused to publish."
        })
final class Koc implements Runnable {
    private final PrintWriter out;
    private final PrintWriter err;
    private final CommandLine commands;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of a failure; so does the environment variable KOC_DEBUG.")
    private boolean debug;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * The commands over these jobs.
     *
     * @param terminal whether a person watches the output
     */
    Koc(Jobs jobs, PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        RunLauncher runner = new RunLauncher(out, terminal);
        this.commands = new CommandLine(this)
                .addSubcommand(new RunCommand(jobs, runner))
                .addSubcommand(new DemoCommand(jobs, runner))
                .addSubcommand(new BacktestCommand(jobs, runner))
                .addSubcommand(new GenerateCommand())
                .addSubcommand(new ImportCommand())
                .addSubcommand(new LevelsCommand())
                .addSubcommand(new TablesCommand(jobs));
        for (Jobs.Kind job : jobs.kinds()) {
            CommandLine command = new CommandLine(new JobCommand(job, runner));
            command.getCommandSpec().usageMessage().description(job.description());
            commands.addSubcommand(job.name(), command);
        }
        commands.addSubcommand(new HelpCommand())
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(parameterFailure())
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
    }

    /** The commands on the process's own output; bin/koc says with koc.terminal whether a person watches it. */
    static Koc onConsole() {
        Charset charset = Charset.defaultCharset();
        return new Koc(
                Jobs.all(),
                new PrintWriter(System.out, true, charset),
                new PrintWriter(System.err, true, charset),
                Boolean.getBoolean("koc.terminal"));
    }

    /** Does what the arguments ask for and returns the process's exit status. */
    int execute(String... args) {
        try {
            return commands.execute(args);
        } catch (Error fatal) {
            return failed(fatal);
        }
    }

    @Override
    public void run() {
        throw new MissingParameterException(spec.commandLine(), List.of(), "a command is missing");
    }

    private int failed(Throwable failure) {
        ExitCode exitCode = FailureCause.exitCode(failure);
        boolean bug = exitCode == ExitCode.BUG;
        out.flush();
        if (bug || debug || System.getenv("KOC_DEBUG") != null) {
            failure.printStackTrace(err);
        }
        err.println("koc: " + FailureCause.reason(failure));
        // Of another job that ran beside it, or another table that was written at the same time.
        for (Throwable other : failure.getSuppressed()) {
            err.println("koc: and " + FailureCause.reason(other));
        }
        if (bug) {
            err.println("This is a bug in koc-pipeline. Please report it with the lines above and the command.");
        }
        err.flush();
        return exitCode.number();
    }

    private IParameterExceptionHandler parameterFailure() {
        return (ParameterException failure, String[] args) -> {
            CommandLine command = failure.getCommandLine();
            err.println("koc: " + message(failure));
            if (failure instanceof UnmatchedArgumentException unmatched) {
                List<String> suggestions = unmatched.getSuggestions();
                if (!suggestions.isEmpty()) {
                    err.println("Did you mean " + String.join(" or ", suggestions) + "?");
                }
            }
            if (command == commands) {
                err.println("The commands are "
                        + String.join(", ", commands.getSubcommands().keySet()) + ".");
            }
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
            err.flush();
            return ExitCode.USAGE.number();
        };
    }

    private String message(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            if (unmatched.isUnknownOption()) {
                return "unknown option '" + first + "'";
            }
            return (failure.getCommandLine() == commands ? "unknown command '" : "unexpected '") + first + "'";
        }
        return String.valueOf(failure.getMessage());
    }
}
