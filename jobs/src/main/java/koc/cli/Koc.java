package koc.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

/** The command line: its commands, and how failures are printed. */
@Command(
        name = "koc",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        description =
                "Portraits of a brand's users, the influence of its KOCs, and what each KOC should recommend next.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: 0 done; 1 bug; 2 usage or configuration; 3 input; 4 an output broke its contract;",
            "5 the publication gate refused to publish; 6 waiting can help: another run holds the lock of the",
            "warehouse, a write met another one, or no space is left."
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
     * The command line for these jobs.
     *
     * @param terminal whether the output goes to a terminal
     */
    Koc(Jobs jobs, PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        RunLauncher runner = new RunLauncher(out, err, terminal);
        this.commands = new CommandLine(this)
                .addSubcommand(new RunCommand(jobs, runner))
                .addSubcommand(new DemoCommand(jobs, runner))
                .addSubcommand(new BacktestCommand(jobs, runner))
                .addSubcommand(new GenerateCommand())
                .addSubcommand(new ImportCommand())
                .addSubcommand(new LevelsCommand())
                .addSubcommand(new InspectCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new RunsCommand(jobs))
                .addSubcommand(new UnlockCommand())
                .addSubcommand(new TablesCommand(jobs))
                .addSubcommand(new JobsCommand(jobs));
        for (Jobs.Definition job : jobs.definitions()) {
            CommandLine command = new CommandLine(
                    job.name().equals(CommissionsCommand.NAME)
                            ? new CommissionsCommand(jobs, job, runner)
                            : new JobCommand(jobs, job, runner));
            command.getCommandSpec().usageMessage().description(job.description());
            commands.addSubcommand(job.name(), command);
        }
        commands.addSubcommand(new HelpCommand())
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(reportParameter())
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
    }

    /** The command line with the process's own output; bin/koc sets koc.terminal if that is a terminal. */
    static Koc onConsole() {
        Charset charset = Charset.defaultCharset();
        return new Koc(
                Jobs.all(),
                new PrintWriter(System.out, true, charset),
                new PrintWriter(System.err, true, charset),
                Boolean.getBoolean("koc.terminal"));
    }

    /** Runs the command of the arguments and returns the process's exit status. */
    int execute(String... args) {
        try {
            return commands.execute(args);
        } catch (Error fatal) {
            return report(fatal);
        }
    }

    /** The commands with their options. */
    CommandLine commands() {
        return commands;
    }

    @Override
    public void run() {
        throw new MissingParameterException(spec.commandLine(), List.of(), "a command is missing");
    }

    private int report(Throwable thrown) {
        StopHook.waitIfStopping();
        Throwable failure = thrown instanceof RunFailure run ? run.failure() : thrown;
        ExitCode exitCode = FailureCause.exitCode(failure);
        boolean isBug = exitCode == ExitCode.BUG;
        out.flush();
        if (isBug || debug || System.getenv("KOC_DEBUG") != null) {
            failure.printStackTrace(err);
        }
        Set<String> reasons = new LinkedHashSet<>();
        reasons.add(FailureCause.reason(failure));
        // Failures of other jobs or tables that were under way at the same time.
        for (Throwable other : failure.getSuppressed()) {
            reasons.add(FailureCause.reason(other));
        }
        err.println("koc: " + String.join("\nkoc: and ", reasons));
        if (thrown instanceof RunFailure run) {
            err.println("koc: to go on: " + run.resume());
        }
        if (isBug) {
            err.println("This is a bug in koc-pipeline. Please report it with the lines above and the command.");
        }
        err.flush();
        return exitCode.number();
    }

    private IParameterExceptionHandler reportParameter() {
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
